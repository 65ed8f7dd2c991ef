package dev.roadstead.control.ecs.cluster;

import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import java.util.ArrayList;
import java.util.List;

/// Forgets clusters that were deleted long enough ago.
public final class ClusterReaper implements Controller {
  @Override
  public String name() {
    return "cluster-reaper";
  }

  @Override
  public List<Table<?>> watches() {
    return List.of(Clusters.TABLE);
  }

  @Override
  public List<Change> plan(State state, Dirty dirty, Moment moment) {
    List<Change> changes = new ArrayList<>();
    for (Dirty.Touched<Cluster> touched : dirty.rows(Clusters.TABLE)) {
      Cluster cluster = state.find(Clusters.TABLE, touched.key());
      if (cluster != null
          && cluster.inactiveAt() != null
          && !Clusters.expiry(cluster.inactiveAt()).isAfter(moment.now())) {
        changes.add(Clusters.forget(cluster));
      }
    }
    return changes;
  }
}
