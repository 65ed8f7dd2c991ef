package dev.roadstead.agent.core;

import static dev.roadstead.agent.core.Story.container;
import static dev.roadstead.agent.core.Story.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UnsavedTest {
  private final Unsaved unsaved = new Unsaved();

  @Test
  void whatAFullDiskMissedIsSavedLater() {
    unsaved.failed(List.of(save("a", 1), save("b", 1), new Effect.SaveTimeline(4)));
    unsaved.failed(List.of(save("a", 2), new Effect.Forget(arn("b"))));
    assertThat(unsaved.any()).isTrue();
    assertThat(unsaved.with(List.of(save("c", 1), new Effect.SaveTimeline(5))))
        .containsExactly(
            save("a", 2), new Effect.Forget(arn("b")), new Effect.SaveTimeline(5), save("c", 1));
    unsaved.saved();
    assertThat(unsaved.any()).isFalse();
    assertThat(unsaved.with(List.of(save("c", 2)))).containsExactly(save("c", 2));
  }

  private static Effect save(String id, long order) {
    return new Effect.Save(
        TaskState.fresh(task(id, container("x").build()), order, List.of()), false);
  }

  private static String arn(String id) {
    return task(id, container("x").build()).arn();
  }
}
