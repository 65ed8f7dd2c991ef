package dev.roadstead.engine.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.fixture.Property;
import dev.roadstead.engine.fixture.RandomChanges;
import dev.roadstead.engine.fixture.States;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateTest {
  @Test
  void indexesAndAggregatesAreWhatTheRowsSayAfterAnyChanges() {
    Property.holds(
        150,
        (random, size) -> {
          State state = State.empty(Boxes.SCHEMA);
          for (int i = 0; i < size; i++) {
            state = state.with(RandomChanges.some(random, 8));
            States.assertConsistent(state);
          }
        });
  }

  @Test
  void anOlderStateStaysAsItWas() {
    State before = State.empty(Boxes.SCHEMA).with(List.of(put("a", "top", 1)));
    State after = before.with(List.of(put("a", "low", 2), put("b", "top", 5)), 7);
    assertThat(before.keys(Boxes.BY_SHELF, "top")).containsExactly("a");
    assertThat(before.value(Boxes.WEIGHT, "top")).isEqualTo(1);
    assertThat(after.keys(Boxes.BY_SHELF, "top")).containsExactly("b");
    assertThat(after.value(Boxes.WEIGHT, "low")).isEqualTo(2);
    assertThat(after.position()).isEqualTo(7);
  }

  /// Such a group has no stored value, which must not be taken for a mistake.
  @Test
  void aGroupWhoseRowsAddUpToZeroCanShrink() {
    State state = State.empty(Boxes.SCHEMA).with(List.of(put("a", "top", 0)));
    State gone = state.with(List.of(Boxes.TABLE.delete("a")));
    assertThat(gone.value(Boxes.WEIGHT, "top")).isZero();
  }

  @Test
  void oneIsABugWhenThereAreTwo() {
    State state = State.empty(Boxes.SCHEMA).with(List.of(put("a", "top", 0), put("b", "top", 0)));
    assertThatThrownBy(() -> state.one(Boxes.BY_SHELF, "top")).isInstanceOf(Bug.class);
    assertThat(state.one(Boxes.BY_SHELF, "low")).isNull();
  }

  @Test
  void aTableOfAnotherSchemaIsABug() {
    State state = State.empty(Schema.of(Boxes.NOTES));
    assertThatThrownBy(() -> state.find(Boxes.TABLE, "a"))
        .isInstanceOf(Bug.class)
        .hasMessageContaining("boxes");
  }

  private static Change put(String id, String shelf, long weight) {
    return Boxes.TABLE.put(Box.of(id, shelf, weight));
  }
}
