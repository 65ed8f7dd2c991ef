package dev.roadstead.engine.consensus;

import dev.roadstead.engine.log.Group;
import dev.roadstead.engine.root.State;
import org.jspecify.annotations.Nullable;

/// Keeps nothing: each group is as durable as the process, at once. For tests and trials.
public final class MemoryConsensus implements Consensus {
  private static final long TERM = 1;

  private final State initial;
  private @Nullable Member member;

  public MemoryConsensus(State initial) {
    this.initial = initial;
  }

  @Override
  public State recover() {
    return initial;
  }

  @Override
  public void start(Member newMember) {
    member = newMember;
    newMember.leading(TERM, initial);
  }

  @Override
  public void append(Group group) {
    if (member != null) {
      member.durable(group);
    }
  }

  @Override
  public boolean writable() {
    return true;
  }

  @Override
  public void close() {}
}
