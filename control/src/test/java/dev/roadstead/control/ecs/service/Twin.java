package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The scheduler twice: as it is, and looking at every task of every service. Fails where the two
/// decide differently.
final class Twin implements Controller {
  private final ServiceController real = new ServiceController();
  private final ServiceController thorough =
      new ServiceController(ServiceController.SETTLE, Census::whole);

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public List<Table<?>> watches() {
    return real.watches();
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    long seed = moment.random().nextLong();
    List<Change> changes = real.plan(state, dirty, new Moment(moment.now(), random(seed)));
    assertThat(thorough.plan(state, dirty, new Moment(moment.now(), random(seed))))
        .isEqualTo(changes);
    return changes;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
