package dev.roadstead.sim.server;

import dev.roadstead.engine.consensus.Consensus;
import dev.roadstead.engine.consensus.SingleMember;
import dev.roadstead.engine.format.EntryFormat;
import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.log.Group;
import dev.roadstead.engine.root.State;
import java.util.ArrayDeque;
import java.util.Deque;

/// The member, and a memory of what it was given and has not said to be durable: after a crash the
/// disk may have any beginning of it.
final class Tap implements Consensus {
  private final SingleMember member;
  private final Deque<Group> underWay = new ArrayDeque<>();
  private State durable;

  Tap(SingleMember member, State before) {
    this.member = member;
    this.durable = before;
  }

  @Override
  public State recover() {
    durable = member.recover();
    return durable;
  }

  @Override
  public void start(Member writer) {
    member.start(
        new Member() {
          @Override
          public void leading(long term, State from) {
            writer.leading(term, from);
          }

          @Override
          public void durable(Group group) {
            underWay.remove(group);
            durable = group.after();
            writer.durable(group);
          }

          @Override
          public void lost(Group group, Throwable cause) {
            underWay.remove(group);
            writer.lost(group, cause);
          }

          @Override
          public void failed(Throwable cause) {
            writer.failed(cause);
          }
        });
  }

  @Override
  public void append(Group group) throws InterruptedException {
    underWay.add(group);
    member.append(group);
  }

  @Override
  public boolean writable() {
    return member.writable();
  }

  @Override
  public void close() {
    member.close();
  }

  State durable() {
    return durable;
  }

  /// What the disk must yield when it is read up to that position; null when it may not be read to
  /// there.
  State expected(long position) {
    State state = durable;
    EntryFormat format = new EntryFormat(state.schema(), new RowFormat());
    for (Group group : underWay) {
      for (int i = 0; i < group.count() && state.position() < position; i++) {
        long at = group.firstPosition() + i;
        int start = group.start(i);
        state = state.with(format.read(group.bytes().array(), start, group.end(i) - start), at);
      }
    }
    return state;
  }
}
