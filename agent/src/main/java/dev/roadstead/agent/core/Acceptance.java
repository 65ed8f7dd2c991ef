package dev.roadstead.agent.core;

import dev.roadstead.base.Arn;
import dev.roadstead.base.Invariant;
import dev.roadstead.link.acs.AckRequest;
import dev.roadstead.link.acs.PayloadMessage;
import dev.roadstead.link.task.Container;
import dev.roadstead.link.task.ContainerBuilder;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.TaskBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes work from the control plane. A known task only ever changes towards STOPPED; a repeated
/// payload is acknowledged and changes nothing. A task that makes no sense becomes one that has
/// stopped with a reason, so that its report takes the same reliable way as all others.
final class Acceptance {
  private static final String UNKNOWN_STOP =
      "TaskStateError: Agent could not progress task's state to stopped";

  /// Docker names have no limit of their own; DNS labels, which they become, have 63 characters,
  /// but Amazon's agent does not cut either. This only keeps absurd input out.
  private static final int NAME_PART_MAX = 255;

  private Acceptance() {}

  static void accept(Turn turn, Event.Payload event) {
    PayloadMessage message = event.message();
    if (message.messageId() == null
        || message.clusterArn() == null
        || message.containerInstanceArn() == null) {
      turn.note("payload without ids is dropped");
      return;
    }
    Iterator<String> fresh = event.fresh().iterator();
    for (Task task : message.tasks()) {
      if (Task.STOPPED.equals(task.desiredStatus())) {
        stop(turn, task);
      }
    }
    for (Task task : message.tasks()) {
      if (!Task.STOPPED.equals(task.desiredStatus())) {
        run(turn, task, fresh);
      }
    }
    turn.effect(
        new Effect.SendAcs(
            new AckRequest(
                message.clusterArn(), message.containerInstanceArn(), message.messageId())));
  }

  private static void stop(Turn turn, Task task) {
    TaskState known = turn.find(task.arn());
    if (known == null) {
      var adopted = adopted(turn, task.arn());
      var definition =
          TaskBuilder.builder()
              .arn(task.arn())
              .desiredStatus(Task.STOPPED)
              .containers(placeholders(adopted))
              .build();
      turn.put(
          TaskState.fresh(definition, nextOrder(turn), adopted)
              .withWantedStopped(true)
              .withReason(adopted.isEmpty() ? UNKNOWN_STOP : null)
              .withAdmitted(true)
              .withReady(true));
    } else if (!known.wantedStopped()) {
      turn.put(known.withWantedStopped(true));
    }
    Progress.advance(turn, task.arn());
  }

  private static void run(Turn turn, Task task, Iterator<String> fresh) {
    if (turn.find(task.arn()) != null) {
      return;
    }
    String fault = TaskCheck.fault(task);
    if (fault != null) {
      refused(turn, task, fault);
      return;
    }
    Task kept = withoutKeys(task);
    var adopted = adopted(turn, task.arn());
    var containers = new ArrayList<ContainerState>();
    for (Container container : kept.containers()) {
      String endpointId = fresh.next();
      String name = dockerName(kept, container.name(), fresh.next());
      var state = ContainerState.fresh(container.name(), endpointId, name);
      for (ContainerState old : adopted) {
        if (old.name().equals(container.name())) {
          state =
              old.withEndpointId(endpointId)
                  .withBindings(PortRanges.grouped(old.bindings(), container));
        }
      }
      containers.add(state);
    }
    turn.put(TaskState.fresh(kept, nextOrder(turn), containers));
    Progress.advance(turn, task.arn());
  }

  private static void refused(Turn turn, Task task, String why) {
    var definition = TaskBuilder.builder().arn(task.arn()).build();
    turn.put(
        TaskState.fresh(definition, nextOrder(turn), List.of())
            .withWantedStopped(true)
            .withReason(why));
    turn.note("task " + task.arn() + " is refused: " + why);
    Progress.advance(turn, task.arn());
  }

  /// A task that cannot be saved must not run: nobody would know it after a crash.
  static void refuse(Turn turn, Event.SaveFailed event) {
    for (Task task : event.message().tasks()) {
      if (Task.STOPPED.equals(task.desiredStatus())) {
        stop(turn, task);
      } else if (turn.find(task.arn()) == null) {
        refused(turn, task, event.error());
      }
    }
  }

  private static long nextOrder(Turn turn) {
    turn.state(turn.state().withArrivals(turn.state().arrivals() + 1));
    return turn.state().arrivals();
  }

  /// Containers that were found running under this task's label, as states.
  private static List<ContainerState> adopted(Turn turn, String arn) {
    var taken = new ArrayList<ContainerState>();
    var left = new ArrayList<NodeState.Orphan>();
    for (NodeState.Orphan orphan : turn.state().orphans()) {
      boolean wanted =
          orphan.taskArn().equals(arn)
              && taken.stream().noneMatch(c -> c.name().equals(orphan.container()));
      if (wanted) {
        var fresh = ContainerState.fresh(orphan.container(), "", orphan.dockerName());
        taken.add(Resync.match(fresh, orphan.sighting(), turn.now()));
        turn.note("container " + orphan.dockerName() + " is adopted for task " + arn);
      } else {
        left.add(orphan);
      }
    }
    turn.state(turn.state().withOrphans(left));
    return taken;
  }

  private static List<Container> placeholders(List<ContainerState> adopted) {
    return adopted.stream()
        .map(c -> ContainerBuilder.builder().name(c.name()).image("").essential(true).build())
        .toList();
  }

  /// Keys live in memory only, in the shell.
  private static Task withoutKeys(Task task) {
    return TaskBuilder.builder(task)
        .roleCredentials(withoutKeys(task.roleCredentials()))
        .executionRoleCredentials(withoutKeys(task.executionRoleCredentials()))
        .build();
  }

  private static @Nullable RoleCredentials withoutKeys(@Nullable RoleCredentials credentials) {
    return credentials == null
        ? null
        : new RoleCredentials(
            credentials.credentialsId(), credentials.roleArn(), null, null, null, null, null);
  }

  /// `ecs-<family>-<revision>-<container>-<20 hex>`, as Amazon's agent names containers.
  private static String dockerName(Task task, String container, String fresh) {
    Invariant.check(fresh.length() >= 20, "a fresh text has 32 digits");
    String part = container.replaceAll("[^A-Za-z0-9-]", "");
    return "ecs-%s-%s-%s-%s"
        .formatted(
            task.family() == null ? "task" : task.family(),
            task.version() == null ? "0" : task.version(),
            part.length() > NAME_PART_MAX ? part.substring(0, NAME_PART_MAX) : part,
            fresh.substring(0, 20));
  }

  static boolean parses(String arn) {
    return Arn.parse(arn) != null;
  }
}
