package dev.roadstead.agent.core;

import static dev.roadstead.agent.core.Story.container;
import static dev.roadstead.agent.core.Story.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.link.task.Container;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultsTest {
  private final Story story = new Story(1024, 1000);

  @Test
  void aDefectStopsTheTaskAndWhatRunsOfIt() {
    var a = task("a", container("web").build(), container("side").build());
    story.arrives(a);
    story.settles();
    story.happens(new Event.Broken(a.arn(), "Bug: no"));
    assertThat(story.waiting(Effect.Stop.class)).hasSize(2);
    story.settles();
    assertThat(story.told(a)).containsExactly("RUNNING", "STOPPED");
    assertThat(story.reports.getLast().reason()).isEqualTo("AgentError: Bug: no");
  }

  @Test
  void aDefectDuringALaunchLeavesNothingInFlight() {
    var a = task("a", container("web").build());
    story.arrives(a);
    story.settles(effect -> effect instanceof Effect.Pull);
    story.happens(new Event.Broken(a.arn(), "Bug: no"));
    story.settles(effect -> effect instanceof Effect.Submit);
    assertThat(story.told(a)).containsExactly("STOPPED");
  }

  @Test
  void whatComesToLifeAfterItWasGivenUpIsStopped() {
    var a = task("a", container("web").build());
    story.arrives(a);
    story.settles();
    story.exits(a, "web", 1);
    story.settles(effect -> effect instanceof Effect.Submit);
    story.becomes(a, "web", Health.UNKNOWN);
    assertThat(story.waiting(Effect.Stop.class)).extracting("container").containsExactly("web");
  }

  @Test
  void whatTheHealthCheckSaidIsTheReasonOfAnEndWithoutAnother() {
    var a = task("a", container("web").healthCheckType("docker").build());
    story.arrives(a);
    story.settles();
    story.becomes(a, "web", Health.UNHEALTHY, "the health check exited with 1: refused");
    story.exits(a, "web", 137);
    story.settles();
    assertThat(story.reports.getLast().containers().getFirst().reason())
        .isEqualTo("UnhealthyError: the health check exited with 1: refused");
  }

  @Test
  void aSourceOfVolumesNeedsOnlyToExist() {
    var from = new Container.VolumeFrom("data", false);
    var a =
        task(
            "a",
            container("data").essential(false).build(),
            container("web").volumesFrom(List.of(from)).build());
    story.arrives(a);
    story.settles(effect -> effect instanceof Effect.Pull);
    assertThat(story.waiting(Effect.Launch.class)).extracting("container").containsExactly("data");
    story.happens(new Event.Created(a.arn(), "data", "id", null, null, List.of()));
    story.settles(effect -> effect instanceof Effect.Pull);
    assertThat(story.waiting(Effect.Launch.class))
        .extracting("container")
        .containsExactly("data", "web");
  }

  @Test
  void aDigestIsToldAheadWhenTheTaskStaysPending() {
    var a = task("a", container("web").build());
    story.arrives(a);
    story.effects.removeIf(effect -> effect instanceof Effect.Pull);
    story.happens(
        new Event.Pulled(a.arn(), "web", null, story.now, story.now, "sha256:" + "a".repeat(64)));
    assertThat(story.waiting(Effect.Submit.class)).isEmpty();
    story.passes(Duration.ofSeconds(1));
    story.settles(effect -> effect instanceof Effect.Submit);
    story.settles();
    assertThat(story.told(a)).containsExactly("PENDING", "RUNNING");
    assertThat(story.reports.getFirst().containers().getFirst().status()).isEqualTo("PENDING");
  }
}
