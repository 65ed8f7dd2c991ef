package dev.roadstead.control.ecs.table;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The alarms that a deployment is watched by. Source: ECS developer guide, "How CloudWatch alarms
/// detect Amazon ECS deployment failures".
///
/// @param names of the alarms
/// @param triggered those that made it fail
/// @param bakedAt when a rolling update that is otherwise complete has been watched for long
///     enough; null before it is complete
@RecordBuilder
public record AlarmWatch(List<String> names, List<String> triggered, @Nullable Instant bakedAt) {
  public AlarmWatch {
    names = names == null ? List.of() : List.copyOf(names);
    triggered = triggered == null ? List.of() : List.copyOf(triggered);
  }
}
