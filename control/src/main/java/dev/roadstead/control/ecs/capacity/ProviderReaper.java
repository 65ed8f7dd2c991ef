package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.util.ArrayList;
import java.util.List;

/// Forgets capacity providers that were deleted long enough ago.
public final class ProviderReaper implements Controller {
  @Override
  public String name() {
    return "capacity-provider-reaper";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(CapacityProviders.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    List<Change> changes = new ArrayList<>();
    for (Dirty.Touched<CapacityProvider> touched : dirty.rows(CapacityProviders.TABLE)) {
      CapacityProvider provider = state.find(CapacityProviders.TABLE, touched.key());
      if (provider != null
          && provider.inactiveAt() != null
          && !CapacityProviders.expiry(provider.inactiveAt()).isAfter(moment.now())) {
        changes.add(CapacityProviders.forget(provider));
      }
    }
    return changes;
  }
}
