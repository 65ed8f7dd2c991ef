package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ServiceTask;
import dev.roadstead.control.ecs.table.ServiceTasks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What happens to very many tasks at the same moment is taken in over several plans: each must fit
/// into an entry of the log, or the engine stops.
final class BoundedPlanTest {
  private static final int TASKS = 10_000;

  /// Beside marks and the rows of tasks, each with one that follows it: the service and its events.
  private static final int ROWS_MAX = Pace.MARKS_MAX + 2 * Pace.STARTS_MAX + Pace.STOPS_MAX + 100;

  @Test
  void takesInVeryManyTasks() {
    Stage stage = Stage.open();
    stage.instance("one", 1_000_000, 1_000_000, "a").instance("two", 1_000_000, 1_000_000, "b");
    stage.create(request -> request.desiredCount(TASKS / 2));
    stage.create(request -> request.serviceName("api").desiredCount(TASKS / 2));
    stage.run();
    assertThat(followed(stage, ServiceTask::proven)).isZero();

    stage.pass(ServiceController.SETTLE);
    assertThat(followed(stage, ServiceTask::proven)).isEqualTo(TASKS);

    stage.disconnect("one", Duration.ZERO).pass(Duration.ZERO);
    assertThat(followed(stage, ServiceTask::away)).isEqualTo(TASKS / 2);

    stage.instanceStatus("one", ContainerInstance.INACTIVE);
    assertThat(followed(stage, ServiceTask::away)).isZero();
    assertThat(stage.world.largestPlan()).isBetween(Pace.MARKS_MAX, ROWS_MAX);
  }

  private static long followed(Stage stage, java.util.function.Predicate<ServiceTask> which) {
    return stage.world.state().all(ServiceTasks.TABLE).stream().filter(which).count();
  }
}
