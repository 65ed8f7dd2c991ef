package dev.roadstead.control.ecs.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Which tasks are counted and which are listed. That both ways to look lead to the same decisions
/// is checked by {@link Twin} in every test of services.
final class SparseCensusTest {
  private final Stage stage = Stage.open().roomy();

  private Census census() {
    return Census.of(stage.world.state(), stage.row(), ServiceController.SETTLE, stage.world.now());
  }

  @Test
  void countsWhatIsCalm() {
    stage.create(one -> one.desiredCount(10));
    assertThat(census().awaited()).isEqualTo(10);
    assertThat(census().members()).isEmpty();
    stage.run();
    assertThat(census().members()).as("not healthy yet").hasSize(10);
    stage.runAll();
    assertThat(census().calm()).isEqualTo(10);
    assertThat(census().members()).isEmpty();

    Task one = stage.wanted().getFirst();
    stage.protect(one, Duration.ofMinutes(5));
    assertThat(census().calm()).isEqualTo(9);
    assertThat(census().members()).extracting(Member::task).containsExactly(one);
    stage.pass(Duration.ofMinutes(6));

    stage.change(request -> request.desiredCount(12));
    stage.settle();
    assertThat(census().calm()).isBetween(9, 10);
    assertThat(census().awaited()).isEqualTo(2);
    assertThat(census().size()).isEqualTo(12);
  }

  @Test
  void listsTheTasksOfAnInstanceThatIsNotConnected() {
    stage.create(one -> one.desiredCount(10)).runAll();
    stage.disconnect("one", Duration.ofMinutes(1));
    assertThat(census().members()).extracting(one -> one.task().instanceId()).containsOnly("one");
    assertThat(census().size()).isEqualTo(10);
    stage.connect("one");
    assertThat(census().members()).isEmpty();
  }

  @Test
  void listsAllWhenItMustChoose() {
    stage.create(one -> one.desiredCount(10)).runAll();
    stage.change(request -> request.desiredCount(4));
    assertThat(census().members()).as("surplus").hasSize(10);
    stage.runAll();
    stage.change(request -> request.taskDefinition("app:2"));
    assertThat(census().members()).as("two deployments").hasSize(4);
  }

  @Test
  void listsWhatIsUnhealthy() {
    stage.create(one -> one.taskDefinition("checked:1").desiredCount(4)).run();
    stage.wanted().forEach(task -> stage.health(task, Health.HEALTHY));
    stage.settle();
    assertThat(census().calm()).isEqualTo(4);
    stage.health(stage.wanted().getFirst(), Health.UNHEALTHY);
    assertThat(census().members()).hasSize(1);
  }
}
