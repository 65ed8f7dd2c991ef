package dev.roadstead.control;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.engine.format.Bytes;
import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.loop.Dirty;
import dev.roadstead.engine.loop.Moment;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.api.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import software.amazon.awssdk.core.SdkPojo;

/// A control plane without threads or disk: a state, a clock that stands still until it is moved,
/// and seeded ids. Operations run through their public methods.
@SuppressWarnings("overloads")
public final class World {
  public static final String ACCOUNT = "123456789012";
  public static final String REGION = "eu-central-1";

  private final RandomGenerator random;
  private final List<Controller> controllers = new ArrayList<>();
  private State state;
  private int largestPlan;
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  public World(List<Table<?>> tables) {
    this(tables, RandomGeneratorFactory.of("L64X128MixRandom").create(7));
  }

  private World(List<Table<?>> tables, RandomGenerator random) {
    this.random = random;
    state = State.empty(new Schema(tables));
  }

  public static Scope scope() {
    return new Scope(ACCOUNT, REGION);
  }

  public World with(Controller controller) {
    controllers.add(controller);
    return this;
  }

  public State state() {
    return state;
  }

  public Instant now() {
    return now;
  }

  public World pass(Duration time) {
    now = now.plus(time);
    return this;
  }

  public Moment moment() {
    return new Moment(now, random);
  }

  public Call call() {
    Caller caller =
        new Caller(
            ACCOUNT,
            REGION,
            "AKIDEXAMPLE",
            "arn:aws:iam::" + ACCOUNT + ":root",
            "127.0.0.1",
            "127.0.0.1:4566",
            false);
    return new Call(caller, now, random);
  }

  public <I extends SdkPojo, O extends SdkPojo> O call(Read<I, O> operation, I request) {
    return operation.answer(state, request, call());
  }

  /// Performs a write; its changes are visible afterwards, together with what controllers add.
  public <I extends SdkPojo, O extends SdkPojo> O call(Write<I, O> operation, I request) {
    Decision<O> decision = operation.decide(state, request, call());
    apply(decision.changes());
    settle();
    return decision.answer();
  }

  /// What the operation refuses with; fails when it does not refuse.
  public <I extends SdkPojo, O extends SdkPojo> Refusal refusal(Write<I, O> operation, I request) {
    try {
      operation.decide(state, request, call());
    } catch (Refusal refusal) {
      return refusal;
    }
    throw new AssertionError("not refused");
  }

  public <I extends SdkPojo, O extends SdkPojo> Refusal refusal(Read<I, O> operation, I request) {
    try {
      operation.answer(state, request, call());
    } catch (Refusal refusal) {
      return refusal;
    }
    throw new AssertionError("not refused");
  }

  /// Applies changes as they are.
  public World apply(List<? extends Change> changes) {
    state = state.with(changes, state.position() + 1);
    return this;
  }

  /// Lets every controller plan over the whole state until nothing changes; fails when they do not
  /// come to rest.
  public World settle() {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      boolean changed = false;
      for (Controller controller : controllers) {
        List<Change> changes = controller.plan(state, everything(controller), moment());
        if (!changes.isEmpty()) {
          largestPlan = Math.max(largestPlan, changes.size());
          apply(changes);
          changed = true;
        }
      }
      if (!changed) {
        return this;
      }
    }
    throw new AssertionError("controllers do not come to rest");
  }

  /// The most rows that one plan of a controller has changed.
  public int largestPlan() {
    return largestPlan;
  }

  /// What a new process finds: the rows as they are on the disk, and nothing else. Controllers are
  /// begun anew, and see every row once.
  public World restarted(List<? extends Controller> begun) {
    World after = new World(state.schema().tables(), random);
    for (Table<?> table : state.schema().tables()) {
      after.apply(reread(table));
    }
    after.now = now;
    after.controllers.addAll(begun);
    return after;
  }

  private <R extends Record> List<Change> reread(Table<R> table) {
    RowFormat format = new RowFormat();
    List<Change> rows = new ArrayList<>();
    for (R row : state.all(table)) {
      Bytes bytes = new Bytes(1024);
      format.write(row, bytes);
      rows.add(table.put(format.read(table, bytes.array(), 0, bytes.size())));
    }
    return rows;
  }

  private static final int ROUNDS_MAX = 1000;

  private Dirty everything(Controller controller) {
    Dirty dirty = new Dirty();
    for (Table<?> table : controller.watches()) {
      addAll(dirty, table);
    }
    return dirty;
  }

  private <R extends Record> void addAll(Dirty dirty, Table<R> table) {
    for (R row : state.all(table)) {
      dirty.add(table, table.keyOf(row), null, row);
    }
  }
}
