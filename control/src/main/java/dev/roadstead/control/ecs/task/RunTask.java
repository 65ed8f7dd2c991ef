package dev.roadstead.control.ecs.task;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.capacity.CapacityStrategy;
import dev.roadstead.control.ecs.placement.Constraint;
import dev.roadstead.control.ecs.placement.Constraints;
import dev.roadstead.control.ecs.placement.Strategies;
import dev.roadstead.control.ecs.placement.Strategy;
import dev.roadstead.control.ecs.placement.Veto;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.StrategyItem;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/// Starts tasks from a task definition. Source: Amazon ECS API reference, RunTask.
///
/// Placement failures are not refusals: the answer lists, for each container instance, what it
/// lacked.
public final class RunTask implements Write<RunTaskRequest, RunTaskResponse> {
  static final int COUNT_MAX = 10; // the AWS limit
  static final int STARTED_BY_MAX = 128; // the AWS limit

  @Override
  public Decision<RunTaskResponse> decide(State state, RunTaskRequest request, Call call) {
    Scope scope = call.scope();
    Cluster cluster = Clusters.require(state, scope, request.cluster());
    LaunchTokens token = LaunchTokens.of("RunTask", request.clientToken(), request, scope);
    List<Task> repeated = token.repeated(state);
    if (repeated != null) {
      return Decision.unchanged(answer(state, repeated, List.of()));
    }
    Launch launch = launch(state, request, cluster, scope);
    List<Constraint> constraints =
        Constraints.of(request.placementConstraints(), launch.definition());
    List<Strategy> strategies = Strategies.of(request.placementStrategy());
    int count = count(request.count());
    List<StrategyItem> strategy =
        LaunchTypes.strategy(
            state,
            cluster,
            request.capacityProviderStrategy(),
            request.launchTypeAsString(),
            launch.definition());
    if (strategy.isEmpty()
        && state.count(ContainerInstances.REGISTERED_BY_CLUSTER, cluster.key()) == 0) {
      throw EcsErrors.invalidParameter("No Container Instances were found in your cluster.");
    }
    Started started = new Started(state, request, new Moment(call.now(), call.random()));
    if (strategy.isEmpty()) {
      started.place(launch, constraints, strategies, count);
    } else {
      List<Integer> shares = CapacityStrategy.share(strategy, _ -> 0, count);
      for (int i = 0; i < shares.size(); i++) {
        String provider = strategy.get(i).provider();
        Launch mine = LaunchBuilder.builder(launch).capacityProviderName(provider).build();
        started.place(mine, constraints, strategies, shares.get(i));
      }
    }
    List<Change> changes = new ArrayList<>(started.changes());
    changes.addAll(token.remember(started.tasks(), call.now()));
    State answers = started.waiting() ? started.after() : state;
    return new Decision<>(changes, answer(answers, started.tasks(), started.vetoes()));
  }

  private static Launch launch(State state, RunTaskRequest request, Cluster cluster, Scope scope) {
    if (request.launchType() != null && !request.capacityProviderStrategy().isEmpty()) {
      throw EcsErrors.invalidParameter(
          "Specify either Launch Type or Capacity Provider Strategy, but not both.");
    }
    Launch launch = StandaloneLaunch.of(state, request, cluster, scope, STARTED_BY_MAX);
    if (request.platformVersion() != null) {
      throw EcsErrors.invalidParameter(
          "The platform version must be null when specifying an EC2 launch type");
    }
    return launch;
  }

  private static int count(@Nullable Integer sent) {
    int count = sent == null ? 1 : sent;
    if (count < 1 || count > COUNT_MAX) {
      throw EcsErrors.invalidParameter("count should be between 1 and " + COUNT_MAX + ".");
    }
    return count;
  }

  private static RunTaskResponse answer(State state, List<Task> tasks, List<Veto> vetoes) {
    return RunTaskResponse.builder()
        .tasks(tasks.stream().map(task -> TaskShape.of(state, task, true)).toList())
        .failures(vetoes.stream().map(RunTask::failure).toList())
        .build();
  }

  static Failure failure(Veto veto) {
    return Failure.builder()
        .arn(veto.instance().arn())
        .reason(veto.reason())
        .detail(veto.detail())
        .build();
  }
}
