package dev.roadstead.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.Task;

final class KeptTest {
  @Test
  void keptShapesAreWrittenAsOthersAre() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      tasks.add(task("arn:ä\"" + i));
    }
    byte[] before = JsonShapes.write(answer(tasks));
    tasks.forEach(JsonShapes::keep);

    assertThat(JsonShapes.write(answer(tasks))).isEqualTo(before);
    assertThat(JsonShapes.fingerprint(answer(tasks)))
        .isEqualTo(JsonShapes.fingerprint(answer(List.copyOf(tasks))));
  }

  @Test
  void anEqualShapeIsNotTheKeptOne() {
    Task kept = task("a");
    JsonShapes.keep(kept);
    Task other = kept.toBuilder().taskArn("b").build();

    assertThat(text(answer(List.of(kept, other))))
        .isEqualTo("{\"tasks\":[{\"taskArn\":\"a\"},{\"taskArn\":\"b\"}]}");
  }

  @Test
  void whatIsForgottenIsWrittenAnew() {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      Task task = task("t" + i);
      JsonShapes.keep(task);
      tasks.add(task);
    }

    for (Task task : tasks) {
      assertThat(text(answer(List.of(task))))
          .isEqualTo("{\"tasks\":[{\"taskArn\":\"" + task.taskArn() + "\"}]}");
    }
  }

  private static Task task(String arn) {
    return Task.builder().taskArn(arn).build();
  }

  private static DescribeTasksResponse answer(List<Task> tasks) {
    return DescribeTasksResponse.builder().tasks(tasks).build();
  }

  private static String text(DescribeTasksResponse answer) {
    return new String(JsonShapes.write(answer), StandardCharsets.UTF_8);
  }
}
