package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.capacity.CapacityStrategy;
import dev.roadstead.control.ecs.placement.Choice;
import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.placement.Constraints;
import dev.roadstead.control.ecs.placement.Placement;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.task.Launch;
import dev.roadstead.control.ecs.task.LaunchBuilder;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the next task of a service would meet, for those who ask why there is none: placement's own
/// answer, of which nothing is kept.
///
/// @param choice an instance, or why there is none
/// @param provider the capacity provider whose turn it is; null when any instance will do
public record Vacancy(Choice choice, @Nullable String provider) {
  /// The service as the scheduler sees it: itself, or one for each of its task sets.
  public static List<Service> views(State state, Service service) {
    return service.external()
        ? state.rows(TaskSets.BY_SERVICE, service.key()).stream()
            .map(set -> TaskSetPlan.view(service, set))
            .toList()
        : List.of(service);
  }

  /// Null when the cluster or the task definition is gone.
  ///
  /// @param view one of {@link #views}
  public static @Nullable Vacancy of(State state, Service view, RandomGenerator random) {
    Launch launch = Starts.launch(state, view);
    if (launch == null) {
      return null;
    }
    String provider = null;
    if (!view.strategy().isEmpty()) {
      List<Integer> shares = CapacityStrategy.share(view.strategy(), Starts.placed(state, view), 1);
      provider = view.strategy().get(Math.max(0, shares.indexOf(1))).provider();
      launch = LaunchBuilder.builder(launch).capacityProviderName(provider).build();
    }
    List<Constraint> constraints =
        new ArrayList<>(Constraints.of(ServiceDocument.of(view).placementConstraints()));
    if (view.daemon()) {
      constraints.add(new Constraint.DistinctInstance());
    }
    Choice choice = Placement.place(state, launch.demand(constraints, List.of()), 1, random);
    return new Vacancy(choice, provider);
  }
}
