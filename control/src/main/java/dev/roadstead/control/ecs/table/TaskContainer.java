package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container of a task, as last reported.
///
/// @param id a UUID, the last part of its ARN
/// @param lastStatus `PENDING`, `RUNNING` or `STOPPED`
/// @param runtimeId Docker's id; null before it was created
/// @param exitCode null when it never ran or has not ended
/// @param checksHealth whether a health check is defined for it
/// @param cpu CPU units as reported by DescribeTasks (`"0"` when none)
/// @param memory hard limit in MiB, as text; null when none
/// @param memoryReservation soft limit in MiB, as text; null when none
/// @param gpuIds the GPUs of its container instance that it was given
@RecordBuilder
public record TaskContainer(
    String id,
    String name,
    String image,
    boolean essential,
    String lastStatus,
    @Nullable String imageDigest,
    @Nullable String runtimeId,
    @Nullable Integer exitCode,
    @Nullable String reason,
    boolean checksHealth,
    Health health,
    List<NetworkBinding> networkBindings,
    String cpu,
    @Nullable String memory,
    @Nullable String memoryReservation,
    List<String> gpuIds) {
  public static final String PENDING = "PENDING";
  public static final String RUNNING = "RUNNING";
  public static final String STOPPED = "STOPPED";

  public TaskContainer {
    networkBindings = networkBindings == null ? List.of() : List.copyOf(networkBindings);
    image = Texts.shared(image);
    cpu = cpu == null ? "0" : Texts.shared(cpu);
    memory = Texts.sharedOrNull(memory);
    memoryReservation = Texts.sharedOrNull(memoryReservation);
    gpuIds = gpuIds == null ? List.of() : List.copyOf(gpuIds);
    health = health == null ? Health.UNKNOWN : health;
  }
}
