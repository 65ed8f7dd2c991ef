package dev.roadstead.agent.core;

import dev.roadstead.link.api.NetworkBinding;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent knows of one container of a task.
///
/// @param endpointId unguessable; the path under which the container finds its metadata
/// @param dockerName chosen and saved before the container is created, so a crash in between is
///     repaired by that name
/// @param dockerId null until created
/// @param ran it was started at least once
/// @param reason the first thing that went wrong, `<Name>: <text>`; null when nothing did
/// @param probe what its health check said when it became UNHEALTHY; null while it is not
/// @param startedAt when the agent learnt of the latest start; bounds dependency time-outs
/// @param handledExit the engine's start time of the run whose exit was handled last: an exit that
///     is told twice is handled once
/// @param reported the highest status the control plane has accepted
/// @param recheck something happened during an operation; look again when it is over
/// @param retryAt not before this instant is a failed stop tried again; null when none failed
@RecordBuilder
public record ContainerState(
    String name,
    Status known,
    Op op,
    String endpointId,
    String dockerName,
    @Nullable String dockerId,
    @Nullable String imageId,
    @Nullable String imageDigest,
    List<NetworkBinding> bindings,
    boolean ran,
    @Nullable Integer exitCode,
    @Nullable String reason,
    Health health,
    @Nullable Instant healthSince,
    @Nullable String probe,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant handledExit,
    int restarts,
    Status reported,
    boolean recheck,
    int stopAttempts,
    @Nullable Instant retryAt)
    implements ContainerStateBuilder.With {

  public ContainerState {
    bindings = bindings == null ? List.of() : List.copyOf(bindings);
  }

  public static ContainerState fresh(String name, String endpointId, String dockerName) {
    return ContainerStateBuilder.builder()
        .name(name)
        .known(Status.NONE)
        .op(Op.IDLE)
        .endpointId(endpointId)
        .dockerName(dockerName)
        .bindings(List.of())
        .health(Health.UNKNOWN)
        .reported(Status.NONE)
        .build();
  }

  public boolean idle() {
    return op == Op.IDLE;
  }

  public boolean stopped() {
    return known == Status.STOPPED;
  }

  /// STOPPED, with a reason unless an earlier one stands.
  public ContainerState stop(@Nullable String why, Instant now) {
    return ContainerStateBuilder.builder(this)
        .known(Status.STOPPED)
        .op(Op.IDLE)
        .reason(reason == null ? why : reason)
        .finishedAt(finishedAt == null ? now : finishedAt)
        .build();
  }
}
