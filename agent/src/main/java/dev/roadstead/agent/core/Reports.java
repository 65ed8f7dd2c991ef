package dev.roadstead.agent.core;

import dev.roadstead.link.api.ContainerStateChange;
import dev.roadstead.link.api.ContainerStateChangeBuilder;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import dev.roadstead.link.api.SubmitTaskStateChangeRequestBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what the control plane is told, and when. One report per task is under way at a time,
/// so they arrive in order; what happens meanwhile travels in the next one. A report is repeated,
/// also after a restart of the agent, until it was accepted.
final class Reports {
  private static final int REASON_MAX = 1024;
  private static final String PENDING = TaskStatus.PENDING.name();

  private Reports() {}

  static void consider(Turn turn, String arn) {
    TaskState task = turn.find(arn);
    if (task == null || task.outstanding() != null || task.reported() == TaskStatus.STOPPED) {
      return;
    }
    TaskStatus status = task.status();
    boolean newlyRunning =
        status == TaskStatus.RUNNING
            && task.reported() != TaskStatus.RUNNING
            && !task.wantedStopped();
    boolean statusDue = status == TaskStatus.STOPPED || newlyRunning;
    if (!statusDue) {
      if (task.containers().stream().noneMatch(Reports::waits)) {
        return;
      }
      Instant reportAt = task.reportAt();
      if (reportAt == null) {
        reportAt = turn.now().plus(turn.state().settings().reportDelay());
        turn.put(task.withReportAt(reportAt));
        turn.effect(new Effect.Wake(arn, reportAt));
      }
      if (turn.now().isBefore(reportAt)) {
        return;
      }
    }
    SubmitTaskStateChangeRequest report = report(turn.state().settings(), task, status);
    turn.put(task.withOutstanding(report).withReportAt(null));
    turn.effect(new Effect.Submit(report));
  }

  private static boolean waits(ContainerState container) {
    boolean news = container.known().compareTo(container.reported()) > 0;
    return news && (container.known().atLeast(Status.RUNNING) || digestWaits(container));
  }

  /// A digest is told ahead of RUNNING, once.
  private static boolean digestWaits(ContainerState container) {
    return container.known().atLeast(Status.PULLED)
        && container.reported() == Status.NONE
        && container.imageDigest() != null;
  }

  private static SubmitTaskStateChangeRequest report(
      NodeSettings settings, TaskState task, TaskStatus status) {
    boolean beforeRunning =
        status == TaskStatus.RUNNING
            && task.wantedStopped()
            && task.reported().compareTo(TaskStatus.RUNNING) < 0;
    var changes = new ArrayList<ContainerStateChange>();
    for (ContainerState container : task.containers()) {
      if (waits(container)) {
        changes.add(change(task, container));
      }
    }
    return SubmitTaskStateChangeRequestBuilder.builder()
        .cluster(settings.cluster())
        .task(task.arn())
        .status(beforeRunning ? TaskStatus.PENDING.name() : status.name())
        .reason(task.reason() == null ? "" : cut(task.reason()))
        .pullStartedAt(task.pullStartedAt())
        .pullStoppedAt(task.pullStoppedAt())
        .executionStoppedAt(status == TaskStatus.STOPPED ? task.executionStoppedAt() : null)
        .containers(changes)
        .build();
  }

  private static ContainerStateChange change(TaskState task, ContainerState container) {
    boolean hostMode = "host".equals(task.definition().networkMode());
    return ContainerStateChangeBuilder.builder()
        .containerName(container.name())
        .status(container.known().atLeast(Status.RUNNING) ? container.known().name() : PENDING)
        .exitCode(container.exitCode())
        .reason(reason(container))
        .runtimeId(container.dockerId())
        .imageDigest(container.imageDigest())
        .networkBindings(hostMode ? List.of() : container.bindings())
        .build();
  }

  /// Why it ended; of one that ended unhealthy without another reason, what its check had said.
  private static @Nullable String reason(ContainerState container) {
    String probe = container.probe();
    String own = container.reason();
    if (own == null && container.stopped() && probe != null) {
      own = "UnhealthyError: " + probe;
    }
    return own == null ? null : cut(own);
  }

  private static String cut(String text) {
    return text.length() <= REASON_MAX ? text : text.substring(0, REASON_MAX);
  }

  static void accepted(Turn turn, SubmitTaskStateChangeRequest report) {
    TaskState task = turn.find(report.task());
    if (task == null || !report.equals(task.outstanding())) {
      return;
    }
    for (ContainerStateChange change : report.containers()) {
      ContainerState container = task.find(change.containerName());
      String status = change.status();
      if (container != null && status != null) {
        Status told = PENDING.equals(status) ? Status.PULLED : Status.valueOf(status);
        task = task.with(container.withReported(told));
      }
    }
    @Nullable String status = report.status();
    TaskStatus whole = status == null ? TaskStatus.NONE : TaskStatus.valueOf(status);
    task = task.withOutstanding(null);
    turn.put(whole.compareTo(task.reported()) > 0 ? task.withReported(whole) : task);
    consider(turn, task.arn());
    Cleanup.consider(turn, task.arn());
  }
}
