package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import java.time.Instant;

/// The state of a CloudWatch alarm, as deployments look at it.
///
/// @param name 1 to 255 characters
/// @param since when it came into this state
/// @param windowSeconds over how long it is evaluated, its period times its evaluation periods; 0
///     when not known
public record AlarmState(
    String account, String region, String name, Value value, Instant since, int windowSeconds) {
  /// Source: CloudWatch API reference, MetricAlarm, StateValue.
  public enum Value {
    OK,
    ALARM,
    INSUFFICIENT_DATA
  }

  public Scope scope() {
    return new Scope(account, region);
  }

  public String key() {
    return scope().key(name);
  }

  public boolean alarm() {
    return value == Value.ALARM;
  }
}
