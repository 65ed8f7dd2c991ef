package dev.roadstead.control.ecs.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.EcsService;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimes;
import dev.roadstead.control.ecs.table.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;

/// DescribeTasks and ListTasks answer from the rows and, for what is gone from them, from a
/// history.
class TaskHistoryTest {
  /// A working history in memory.
  private static final class FakeHistory implements TaskHistory {
    private final SortedMap<String, Task> tasks = new TreeMap<>();

    @Override
    public boolean isEmpty() {
      return tasks.isEmpty();
    }

    @Override
    public @Nullable Task find(String key) {
      return tasks.get(key);
    }

    @Override
    public List<Task> list(Filter filter, String after, int count) {
      return tasks.values().stream()
          .filter(task -> task.key().compareTo(after) > 0)
          .filter(task -> task.clusterKey().equals(filter.clusterKey()))
          .filter(task -> filter.family() == null || filter.family().equals(task.family()))
          .limit(count)
          .toList();
    }
  }

  private final FakeHistory history = new FakeHistory();
  private final World world =
      new World(new EcsService(_ -> "http://127.0.0.1:1", history).tables());

  private Task stopped(int number) {
    return TaskBuilder.builder()
        .account(World.ACCOUNT)
        .region(World.REGION)
        .cluster("default")
        .id("%032x".formatted(number))
        .family("web")
        .revision(1)
        .group("family:web")
        .launchType("EC2")
        .lastStatus(TaskStatus.STOPPED)
        .health(Health.UNKNOWN)
        .containers(List.of())
        .reservation(new Reservation(0, 0, List.of(), List.of(), 0))
        .overrides("")
        .tags(List.of())
        .times(new TaskTimes(world.now(), null, null, null, null, null, null, world.now()))
        .stop(new StopCause(StopCause.USER_INITIATED, "over"))
        .version(1)
        .build();
  }

  @Test
  void rowsAndHistoryAreOneList() {
    world.apply(List.of(Clusters.put(Rows.cluster("default"))));
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Task task = stopped(i);
      arns.add(task.arn());
      if (i % 3 == 0) {
        world.apply(List.of(Tasks.create(task)));
      }
      if (i % 3 != 0 || i % 2 == 0) {
        history.tasks.put(task.key(), task);
      }
    }
    List<String> listed = new ArrayList<>();
    String token = null;
    do {
      ListTasksRequest request =
          ListTasksRequest.builder()
              .desiredStatus("STOPPED")
              .maxResults(7)
              .nextToken(token)
              .build();
      ListTasksResponse page = world.call(new ListTasks(history), request);
      assertThat(page.taskArns()).hasSizeLessThanOrEqualTo(7);
      listed.addAll(page.taskArns());
      token = page.nextToken();
    } while (token != null);
    assertThat(listed).isEqualTo(arns);
    assertThat(
            world
                .call(
                    new ListTasks(history),
                    ListTasksRequest.builder().desiredStatus("STOPPED").family("other").build())
                .taskArns())
        .isEmpty();
    assertThat(world.call(new ListTasks(history), ListTasksRequest.builder().build()).taskArns())
        .as("RUNNING")
        .isEmpty();
  }

  @Test
  void describesWhatIsOnlyInTheHistory() {
    world.apply(List.of(Clusters.put(Rows.cluster("default"))));
    Task task = stopped(1);
    history.tasks.put(task.key(), task);
    var answer =
        world.call(
            new DescribeTasks(history),
            DescribeTasksRequest.builder().tasks(task.id(), stopped(2).arn()).build());
    assertThat(answer.tasks())
        .singleElement()
        .matches(one -> one.stoppedReason().equals("over") && one.taskArn().equals(task.arn()));
    assertThat(answer.failures()).singleElement().matches(one -> one.reason().equals("MISSING"));
  }

  @Test
  void waitsOnlyForWhatTheRowsLack() {
    world.apply(List.of(Clusters.put(Rows.cluster("default"))));
    world.apply(List.of(Tasks.create(stopped(1))));
    DescribeTasks describe = new DescribeTasks(history);
    DescribeTasksRequest row = DescribeTasksRequest.builder().tasks(stopped(1).id()).build();
    DescribeTasksRequest gone = DescribeTasksRequest.builder().tasks(stopped(2).id()).build();
    ListTasks list = new ListTasks(history);
    ListTasksRequest stopped = ListTasksRequest.builder().desiredStatus("STOPPED").build();
    assertThat(describe.waits(world.state(), gone, world.call())).isFalse();
    assertThat(list.waits(world.state(), stopped, world.call())).isFalse();
    history.tasks.put("any", stopped(3));
    assertThat(describe.waits(world.state(), row, world.call())).isFalse();
    assertThat(describe.waits(world.state(), gone, world.call())).isTrue();
    assertThat(list.waits(world.state(), stopped, world.call())).isTrue();
    assertThat(list.waits(world.state(), ListTasksRequest.builder().build(), world.call()))
        .isFalse();
  }

  @Test
  void whatExpiresIsOldestFirstAndBounded() {
    world.apply(List.of(Clusters.put(Rows.cluster("default"))));
    world.apply(List.of(Tasks.create(stopped(2))));
    world.pass(Duration.ofHours(1));
    world.apply(List.of(Tasks.create(stopped(1))));
    world.pass(Tasks.STOPPED_RETENTION.minusHours(1));
    assertThat(Expired.of(world.state(), world.now(), 9))
        .singleElement()
        .matches(one -> one.id().endsWith("2"));
    world.pass(Duration.ofHours(1));
    List<Task> both = Expired.of(world.state(), world.now(), 9);
    assertThat(both).hasSize(2);
    assertThat(Expired.of(world.state(), world.now(), 1)).isEqualTo(both.subList(0, 1));
    Task changed = TaskBuilder.builder(both.getLast()).version(7).build();
    var outcome =
        Expired.forget(List.of(both.getFirst(), changed)).decide(world.state(), world.moment());
    world.apply(outcome.changes());
    assertThat(world.state().all(Tasks.TABLE))
        .as("what changed meanwhile stays")
        .containsExactly(both.getLast());
  }
}
