package dev.roadstead.engine.loop;

import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A controller that makes boxes lighter by one, up to a number of boxes a call, and remembers what
/// it was woken for.
final class Chain implements Controller {
  final List<String> seen = new ArrayList<>();
  final List<Instant> times = new CopyOnWriteArrayList<>();
  private final int changesMax;
  final AtomicInteger calls = new AtomicInteger();
  int largest;

  Chain(int changesMax) {
    this.changesMax = changesMax;
  }

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(Boxes.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    List<Change> changes = new ArrayList<>();
    largest = Math.max(largest, dirty.size());
    for (Dirty.Touched<Box> touched : dirty.rows(Boxes.TABLE)) {
      seen.add(touched.key());
      times.add(moment.now());
      Box box = touched.after();
      if (box != null && box.weight() > 0 && changes.size() < changesMax) {
        changes.add(Boxes.TABLE.put(box.weighing(box.weight() - 1)));
      }
    }
    calls.incrementAndGet();
    return changes;
  }
}
