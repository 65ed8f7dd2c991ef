package dev.roadstead.agent.core;

import static dev.roadstead.agent.core.Story.container;
import static dev.roadstead.agent.core.Story.on;
import static dev.roadstead.agent.core.Story.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.link.acs.AckRequest;
import dev.roadstead.link.acs.TaskIdentifier;
import dev.roadstead.link.acs.TaskManifestMessage;
import dev.roadstead.link.acs.TaskStopVerificationAck;
import dev.roadstead.link.acs.TaskStopVerificationMessage;
import dev.roadstead.link.api.NetworkBinding;
import dev.roadstead.link.codec.Json;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class NodeCoreTest {
  private final Story story = new Story(1024, 1000);

  @Test
  void savesBeforeItActs() {
    story.arrives(task("a", container("web").build()));

    assertThat(story.effects.getFirst())
        .isInstanceOfSatisfying(Effect.Save.class, save -> assertThat(save.durable()).isTrue());
    assertThat(story.waiting(Effect.Pull.class)).hasSize(1);
    assertThat(story.waiting(Effect.SendAcs.class))
        .containsExactly(new Effect.SendAcs(new AckRequest("c", "ci", "m1")));
  }

  @Test
  void runsAndStops() {
    var a = task("a", container("web").build());
    story.arrives(a);
    story.settles();
    story.arrives(a); // Told twice.
    story.settles();
    assertThat(story.told(a)).containsExactly("RUNNING");
    story.stops(a);
    story.settles();
    assertThat(story.told(a)).containsExactly("RUNNING", "STOPPED");
    assertThat(story.reports.getLast().containers().getFirst().exitCode()).isEqualTo(143);
    story.arrives(a); // Never runs again.
    story.passes(Duration.ofHours(3));
    story.settles();
    assertThat(story.state.tasks()).isEmpty();
  }

  @Test
  void anEssentialExitStopsTheOthersInReverseOrder() {
    var a =
        task(
            "a",
            container("db").build(),
            container("web").dependsOn(List.of(on("db", "START"))).build(),
            container("side").essential(false).links(List.of("web:w")).build());
    story.arrives(a);
    story.settles();
    assertThat(story.statuses(a)).isEqualTo("{db=RUNNING, side=RUNNING, web=RUNNING}");
    story.exits(a, "db", 3);
    assertThat(story.waiting(Effect.Stop.class)).extracting("container").containsExactly("side");
    story.settles();
    assertThat(story.told(a)).containsExactly("RUNNING", "STOPPED");
    assertThat(story.state.task(a.arn()).container("db").exitCode()).isEqualTo(3);
  }

  @Test
  void waitsForHealthAndForSuccess() {
    var a =
        task(
            "a",
            container("init").essential(false).build(),
            container("db").healthCheckType("docker").startTimeout(60).build(),
            container("web")
                .dependsOn(List.of(on("init", "SUCCESS"), on("db", "HEALTHY")))
                .build());
    story.arrives(a);
    story.settles();
    assertThat(story.statuses(a)).isEqualTo("{db=RUNNING, init=RUNNING, web=NONE}");
    story.exits(a, "init", 0);
    story.settles();
    assertThat(story.statuses(a)).contains("web=NONE");
    story.becomes(a, "db", Health.HEALTHY);
    story.settles();
    assertThat(story.statuses(a)).isEqualTo("{db=RUNNING, init=STOPPED, web=RUNNING}");
    assertThat(story.told(a)).endsWith("RUNNING");
  }

  @Test
  void givesUpOnADependencyThatCannotBeMet() {
    var fails =
        task(
            "a",
            container("init").essential(false).build(),
            container("web").dependsOn(List.of(on("init", "SUCCESS"))).build());
    var late =
        task(
            "b",
            container("db").startTimeout(5).build(),
            container("web").dependsOn(List.of(on("db", "HEALTHY"))).build());
    story.arrives(fails);
    story.arrives(late);
    story.settles();
    story.exits(fails, "init", 1);
    story.passes(Duration.ofSeconds(6));
    story.settles();
    for (var task : List.of(fails, late)) {
      assertThat(story.told(task)).endsWith("STOPPED");
      var web = story.state.task(task.arn()).container("web");
      assertThat(web.exitCode()).isEqualTo(143);
      assertThat(web.reason()).startsWith("CannotStartContainerError: dependency on container");
    }
  }

  @Test
  void oneThatDoesNotFitHoldsUpNobody() {
    var big = TaskBuilder.builder(task("big", container("x").build())).cpu(0.75).build();
    var huge = TaskBuilder.builder(task("huge", container("x").build())).cpu(1.0).build();
    var small = TaskBuilder.builder(task("small", container("x").build())).cpu(0.25).build();
    var never = TaskBuilder.builder(task("never", container("x").build())).cpu(4.0).build();
    story.arrives(big);
    story.arrives(huge);
    story.arrives(small);
    story.arrives(never);
    story.settles();
    assertThat(story.told(big)).containsExactly("RUNNING");
    assertThat(story.told(huge)).isEmpty();
    assertThat(story.told(small)).containsExactly("RUNNING");
    assertThat(story.told(never)).containsExactly("STOPPED");
    story.stops(big);
    story.stops(small);
    story.settles();
    assertThat(story.told(huge)).containsExactly("RUNNING");
  }

  @Test
  void fixedHostPortsAreHeldUntilTheEnd() {
    var ports = List.of(new Container.PortMapping(80, 8080, "tcp", null));
    var first = task("a", container("x").portMappings(ports).build());
    var second = task("b", container("x").portMappings(ports).build());
    story.arrives(first);
    story.arrives(second);
    story.settles();
    assertThat(story.told(second)).isEmpty();
    story.exits(first, "x", 0);
    story.settles();
    assertThat(story.told(second)).containsExactly("RUNNING");
  }

  @Test
  void aGpuIsOfOneTaskAtATime() {
    var first = gpu("a", "GPU-1");
    var second = gpu("b", "GPU-1");
    var other = gpu("c", "GPU-2");
    var never = gpu("d", "GPU-3");
    story.arrives(first);
    story.arrives(second);
    story.arrives(other);
    story.arrives(never);
    story.settles();
    assertThat(story.told(first)).containsExactly("RUNNING");
    assertThat(story.told(second)).isEmpty();
    assertThat(story.told(other)).containsExactly("RUNNING");
    assertThat(story.told(never)).containsExactly("STOPPED");
    assertThat(story.state.task(never.arn()).reason()).contains("GPU GPU-3 is not on the instance");
    story.exits(first, "x", 0);
    story.settles();
    assertThat(story.told(second)).containsExactly("RUNNING");
  }

  private static Task gpu(String id, String gpu) {
    var given = new Task.Association(gpu, Task.Association.GPU, List.of("x"), null);
    return TaskBuilder.builder(task(id, container("x").build()))
        .associations(List.of(given))
        .build();
  }

  /// The engine knows single ports only. What it tells of a container that was made before a crash,
  /// or that a new agent adopts, is shown as the definition has it.
  @Test
  void rangesAreWholeAgainAfterARestart() {
    var range = new Container.PortMapping(null, null, "udp", "9000-9002");
    var a = task("a", container("x").portMappings(List.of(range)).build());
    story.arrives(a);
    story.settles(effect -> !(effect instanceof Effect.Launch));
    var singles = new ArrayList<NetworkBinding>();
    for (int port = 9002; port >= 9000; port--) {
      singles.add(new NetworkBinding("0.0.0.0", port, port + 30_000, "udp", null, null));
    }
    var whole = new NetworkBinding("0.0.0.0", null, null, "udp", "9000-9002", "39000-39002");
    TaskState made = story.state.task(a.arn());
    made = made.with(made.container("x").withOp(Op.IDLE));
    story.state = NodeCore.restore(story.state.settings(), List.of(made), 1);
    resync(a, singles);
    assertThat(story.state.task(a.arn()).container("x").bindings()).containsExactly(whole);
    story.state = NodeCore.restore(story.state.settings(), List.of(), 1);
    story.effects.clear();
    resync(a, singles);
    story.arrives(a);
    story.settles();
    assertThat(story.state.task(a.arn()).container("x").bindings()).containsExactly(whole);
    assertThat(PortRanges.single(List.of(whole))).containsExactlyInAnyOrderElementsOf(singles);
    assertThat(PortRanges.grouped(singles.subList(0, 2), a.containers().getFirst()))
        .as("not all there")
        .isEqualTo(singles.subList(0, 2));
  }

  private void resync(Task task, List<NetworkBinding> bindings) {
    var running =
        new Sighting(
            "id",
            Sighting.Condition.RUNNING,
            Story.START,
            null,
            null,
            false,
            Health.UNKNOWN,
            null,
            bindings);
    story.happens(
        new Event.Resynced(List.of(new Event.Found(task.arn(), "x", "name", running)), false));
  }

  @Test
  void restartsByPolicyAndCountsAnExitOnce() {
    var policy = new Container.RestartPolicy(true, List.of(7), null);
    var a = task("a", container("x").restartPolicy(policy).build());
    story.arrives(a);
    story.settles();
    story.exits(a, "x", 1);
    story.settles();
    story.exits(a, "x", 1); // The same exit, told again.
    story.settles();
    assertThat(story.state.task(a.arn()).container("x").restarts()).isEqualTo(1);
    assertThat(story.told(a)).containsExactly("RUNNING");
  }

  @Test
  void aNonEssentialExitTravelsAfterAMoment() {
    var a = task("a", container("x").build(), container("y").essential(false).build());
    story.arrives(a);
    story.settles();
    story.exits(a, "y", 4);
    story.settles();
    assertThat(story.told(a)).containsExactly("RUNNING");
    story.passes(Duration.ofSeconds(1));
    story.settles();
    assertThat(story.told(a)).containsExactly("RUNNING", "RUNNING");
    assertThat(story.reports.getLast().containers())
        .singleElement()
        .satisfies(c -> assertThat(c.exitCode()).isEqualTo(4));
  }

  @Test
  void resolvesUnknownAndSenselessTasks() {
    story.stops(task("ghost"));
    var cycle =
        task(
            "cycle",
            container("x").dependsOn(List.of(on("y", "START"))).build(),
            container("y").dependsOn(List.of(on("x", "START"))).build());
    var overrides = task("o", container("x").overrides("{\"cpu\":1}").build());
    story.arrives(cycle, overrides);
    story.settles();
    assertThat(story.reports)
        .extracting("reason")
        .satisfiesExactly(
            r -> assertThat(r).asString().startsWith("TaskStateError"),
            r -> assertThat(r).asString().contains("cycle"),
            r -> assertThat(r).asString().startsWith("UnrecogniedTaskError"));
  }

  @Test
  void stopsWhatTheManifestLacksOnceConfirmed() {
    var a = task("a", container("x").build());
    var b = task("b", container("x").build());
    story.arrives(a, b);
    story.settles();
    var listed = List.of(new TaskIdentifier(a.arn(), null, "RUNNING"));
    story.happens(new Event.Manifest(new TaskManifestMessage("c", "ci", "f1", 1L, 5L, listed)));
    var candidates = List.of(new TaskIdentifier(b.arn(), null, "STOPPED"));
    assertThat(story.waiting(Effect.SendAcs.class))
        .contains(new Effect.SendAcs(new TaskStopVerificationMessage("f1", candidates)));
    story.happens(new Event.StopVerified(new TaskStopVerificationAck("other", 1L, candidates)));
    story.settles();
    assertThat(story.told(b)).containsExactly("RUNNING");
    story.happens(new Event.StopVerified(new TaskStopVerificationAck("f1", 1L, candidates)));
    story.settles();
    assertThat(story.told(b)).containsExactly("RUNNING", "STOPPED");
    assertThat(story.told(a)).containsExactly("RUNNING");
  }

  @Test
  void stopsWhileStarting() {
    var a = task("a", container("x").build());
    story.arrives(a);
    story.settles(effect -> effect instanceof Effect.Pull);
    assertThat(story.waiting(Effect.Launch.class)).hasSize(1);
    story.stops(a);
    story.settles();
    assertThat(story.told(a)).endsWith("STOPPED");
    assertThat(story.statuses(a)).isEqualTo("{x=STOPPED}");
  }

  @Test
  void whatIsSavedComesBack() {
    var a = task("a", container("x").build());
    story.arrives(a);
    story.settles();
    story.exits(a, "x", 2);
    for (Effect.Save save : story.waiting(Effect.Save.class)) {
      byte[] json = Json.write(save.task());
      assertThat(Json.read(json, TaskState.class)).isEqualTo(save.task());
    }
  }

  /// The laws: reports go forward, and whatever the order in which the world answers, all tasks
  /// end and their shares come back.
  @Test
  void anyOrderOfAnswersEndsTheSame() {
    for (int seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var world = new Story(1024, 1000);
      var tasks =
          List.of(
              task("a", container("x").build(), container("y").essential(false).build()),
              task(
                  "b",
                  container("x").build(),
                  container("y").dependsOn(List.of(on("x", "START"))).build()),
              task("c", container("x").memory(800).build()),
              task("d", container("x").memory(800).build()));
      tasks.forEach(world::arrives);
      for (int i = 0; i < 40; i++) {
        var effects = new ArrayList<>(world.effects);
        Collections.shuffle(effects, random);
        var chosen = effects.subList(0, Math.min(2, effects.size()));
        world.settlesOnce(chosen);
        if (random.nextInt(10) == 0) {
          world.stops(tasks.get(random.nextInt(tasks.size())));
        }
        world.passes(Duration.ofMillis(random.nextInt(1000)));
      }
      tasks.forEach(world::stops);
      world.settles();
      var forward = new TreeSet<>(List.of("PENDING", "RUNNING", "STOPPED"));
      for (var task : tasks) {
        assertThat(world.told(task)).as("seed %d", seed).isSorted().endsWith("STOPPED");
        assertThat(forward).containsAll(world.told(task));
        assertThat(world.state.task(task.arn()).holdsShare()).isFalse();
      }
    }
  }
}
