package dev.roadstead.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.fixture.Property;
import dev.roadstead.engine.fixture.RandomChanges;
import dev.roadstead.engine.fixture.States;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import dev.roadstead.engine.watch.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoloEngineTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Chain chain = new Chain(Integer.MAX_VALUE);
  private final SoloEngine engine = solo(State.empty(Boxes.SCHEMA), chain);

  @Test
  void controllersRunUntilNothingIsLeftToDo() {
    engine.decide(put(Box.of("a", null, 20)));
    assertThat(engine.state().get(Boxes.TABLE, "a").weight()).isZero();
    assertThat(engine.state().position()).isEqualTo(21);
    int seen = chain.seen.size();
    engine.settle();
    assertThat(chain.seen).hasSize(seen);
  }

  @Test
  void aControllerSeesTheRowBeforeAndAfterAllChangesOfItsTurn() {
    List<Dirty.Touched<Box>> touches = new ArrayList<>();
    SoloEngine watched = solo(State.empty(Boxes.SCHEMA), new Recorder(touches));
    watched.decideOnly(put(Box.of("a", null, 1)));
    watched.decideOnly(put(Box.of("a", null, 2)));
    watched.settle();
    watched.decideOnly(put(Box.of("a", null, 3)));
    watched.decideOnly((_, _) -> new Outcome<>(List.of(Boxes.TABLE.delete("a")), ""));
    watched.settle();
    assertThat(touches)
        .containsExactly(
            new Dirty.Touched<>("a", null, Box.of("a", null, 2)),
            new Dirty.Touched<>("a", Box.of("a", null, 2), null));
  }

  @Test
  void roundsAreBoundedAndTheRestFollowsInTheNextTurn() {
    Core core = new Core(State.empty(Boxes.SCHEMA), List.of(chain));
    Moment moment = new Moment(START, new SplittableRandom(1));
    core.decide(put(Box.of("a", null, Core.ROUNDS_MAX + 3)), moment, (_, _, _) -> {});
    assertThat(core.settle(moment, (_, _, _) -> {})).isFalse();
    assertThat(core.state().get(Boxes.TABLE, "a").weight()).isEqualTo(3);
    assertThat(core.settle(moment, (_, _, _) -> {})).isTrue();
    assertThat(core.state().get(Boxes.TABLE, "a").weight()).isZero();
  }

  @Test
  void afterARestartEveryRowIsDirtyOnceInBoundedPieces() {
    State state = State.empty(Boxes.SCHEMA);
    int rows = Planner.ROWS_MAX * 2 + 5;
    for (int i = 0; i < rows; i++) {
      state = state.with(List.of(Boxes.TABLE.put(Box.of("k" + i, null, 0))));
    }
    SoloEngine restarted = solo(state, chain);
    restarted.settle();
    assertThat(chain.seen).hasSize(rows).doesNotHaveDuplicates();
    assertThat(chain.largest).isEqualTo(Planner.ROWS_MAX);
    restarted.restart();
    assertThat(chain.seen).hasSize(rows * 2);
  }

  @Test
  void changesThatChangeNothingMakeNoEntry() {
    engine.decide(put(Box.of("a", null, 0)));
    engine.decide(put(Box.of("a", null, 0)));
    engine.decide((_, _) -> new Outcome<>(List.of(Boxes.TABLE.delete("none")), ""));
    assertThat(engine.state().position()).isEqualTo(1);
    assertThat(chain.seen).containsExactly("a");
  }

  @Test
  void aRowFallsDueOncePerVersion() {
    engine.decide(put(Box.of("a", null, 0).opening(START.plusSeconds(5))));
    engine.decide(put(Box.of("b", null, 0).opening(START.plusSeconds(2))));
    chain.seen.clear();
    chain.times.clear();
    engine.advance(Duration.ofSeconds(1));
    assertThat(chain.seen).isEmpty();
    engine.advance(Duration.ofHours(1));
    assertThat(chain.seen).containsExactly("b", "a");
    assertThat(chain.times).containsExactly(START.plusSeconds(2), START.plusSeconds(5));
    engine.decide(put(Box.of("a", "moved", 0).opening(START.plusSeconds(5))));
    assertThat(chain.seen).containsExactly("b", "a", "a"); // changed and due, as one
    engine.advance(Duration.ofHours(1));
    assertThat(chain.seen).hasSize(3);
  }

  @Test
  void aRowThatIsGoneOrPutOffFallsDueNoMore() {
    engine.decide(put(Box.of("a", null, 0).opening(START.plusSeconds(5))));
    engine.decide(put(Box.of("b", null, 0).opening(START.plusSeconds(5))));
    engine.decide((_, _) -> new Outcome<>(List.of(Boxes.TABLE.delete("a")), ""));
    engine.decide(put(Box.of("b", null, 0).opening(null)));
    assertThat(engine.nextDue()).isNull();
  }

  @Test
  void dueTimesSurviveARestart() {
    engine.decide(put(Box.of("a", null, 0).opening(START.plusSeconds(5))));
    SoloEngine restarted = solo(engine.state(), chain);
    assertThat(restarted.nextDue()).isEqualTo(START.plusSeconds(5));
  }

  @Test
  void anEntryThatIsTooLargeIsRefusedWhole() {
    Boxes.Note note = new Boxes.Note("a", "x".repeat(EngineConfig.ENTRY_BYTES_MAX));
    assertThatThrownBy(
            () -> engine.decide((_, _) -> new Outcome<>(List.of(Boxes.NOTES.put(note)), "")))
        .isInstanceOf(EntryTooLarge.class);
    assertThat(engine.state().position()).isZero();
    assertThat(engine.state().count(Boxes.NOTES)).isZero();
  }

  /// A row whose constructor does not keep what it is given.
  record Lossy(String id, double ratio) {
    Lossy {
      ratio = Math.round(ratio * 10) / 10.0 + (ratio == 0.5 ? 1 : 0);
    }
  }

  @Test
  void aRowThatDoesNotReadBackIsABug() {
    Table<Lossy> table = Table.of("lossy", Lossy.class, Lossy::id);
    SoloEngine lossy = new SoloEngine(Schema.of(table), List.of(), START, new SplittableRandom(1));
    Lossy row = new Lossy("a", -0.5);
    assertThat(row.ratio()).isNotEqualTo(0.5);
    assertThatThrownBy(
            () ->
                lossy.decide((_, _) -> new Outcome<>(List.of(table.put(new Lossy("a", 0.52))), "")))
        .isInstanceOf(Bug.class)
        .hasMessageContaining("survive");
  }

  @Test
  void theFeedReplaysToTheSameState() {
    Property.holds(
        60,
        (random, size) -> {
          Chain lighter = new Chain(1 + random.nextInt(3));
          SoloEngine solo = solo(State.empty(Boxes.SCHEMA), lighter);
          for (int i = 0; i < size; i++) {
            List<Change> changes = RandomChanges.some(random, 5);
            solo.decide((_, _) -> new Outcome<>(changes, ""));
          }
          State replayed = State.empty(Boxes.SCHEMA);
          var news = (Feed.Commits) solo.feed().await(0, Duration.ZERO);
          for (var commit : news.commits()) {
            for (var touch : commit.touches()) {
              replayed = replayed.with(List.of(change(touch.table(), touch.key(), touch.after())));
            }
            replayed = replayed.at(commit.position());
          }
          States.assertSame(replayed, solo.state());
        });
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> Change change(
      Table<R> table, String key, @org.jspecify.annotations.Nullable Record row) {
    return row == null ? table.delete(key) : table.put((R) row);
  }

  private record Recorder(List<Dirty.Touched<Box>> touches) implements Controller {
    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public List<Table<?>> watches() {
      return List.of(Boxes.TABLE);
    }

    @Override
    public List<Change> plan(State state, Dirty dirty, Moment moment) {
      touches.addAll(dirty.rows(Boxes.TABLE));
      return List.of();
    }
  }

  private static Work<String> put(Box box) {
    return (_, _) -> new Outcome<>(List.of(Boxes.TABLE.put(box)), "");
  }

  private static SoloEngine solo(State from, Controller controller) {
    return new SoloEngine(from, List.of(controller), START, new SplittableRandom(1));
  }
}
