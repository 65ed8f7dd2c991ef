package dev.roadstead.control.ecs.instance;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Forgets container instances that were deregistered long enough ago.
public final class InstanceReaper implements Controller {
  @Override
  public String name() {
    return "instance-reaper";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(ContainerInstances.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    List<Change> changes = new ArrayList<>();
    for (Dirty.Touched<ContainerInstance> touched : dirty.rows(ContainerInstances.TABLE)) {
      ContainerInstance instance = state.find(ContainerInstances.TABLE, touched.key());
      Instant inactiveAt = instance == null ? null : instance.inactiveAt();
      if (instance != null
          && inactiveAt != null
          && !ContainerInstances.expiry(inactiveAt).isAfter(moment.now())) {
        changes.add(ContainerInstances.forget(instance));
      }
    }
    return changes;
  }
}
