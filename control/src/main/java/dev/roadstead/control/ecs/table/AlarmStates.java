package dev.roadstead.control.ecs.table;

import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;

/// States of CloudWatch alarms, by account, region and name. Whoever evaluates alarms writes them;
/// an alarm without a row is not in `ALARM`.
public final class AlarmStates {
  public static final Table<AlarmState> TABLE =
      Table.of("alarm-states", AlarmState.class, AlarmState::key);

  private AlarmStates() {}

  /// The alarm is in that state from now on.
  public static Change put(AlarmState state) {
    return TABLE.put(state);
  }

  /// The alarm is gone.
  public static Change delete(AlarmState state) {
    return TABLE.delete(state.key());
  }
}
