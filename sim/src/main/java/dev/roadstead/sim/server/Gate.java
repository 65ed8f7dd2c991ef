package dev.roadstead.sim.server;

import dev.roadstead.base.Bug;
import dev.roadstead.control.Services;
import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Entry;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.engine.loop.Ledger;
import dev.roadstead.engine.loop.NotWritable;
import dev.roadstead.engine.loop.Outcome;
import dev.roadstead.engine.loop.Overloaded;
import dev.roadstead.sim.net.Door.Answer;
import dev.roadstead.sim.net.Door.Answered;
import dev.roadstead.sim.net.Door.Request;
import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkPojo;

/// Performs calls as the server's dispatcher does: reads from the durable state at once, writes
/// through the engine's one writer; requests and answers are the wire's own JSON.
public final class Gate {
  public static final String ACCOUNT = "123456789012";
  public static final String REGION = "eu-central-1";

  /// The product's own services; without memory, so shared by all runs.
  static final Services SERVICES = new Services(_ -> "http://127.0.0.1:1", TaskHistory.NONE);

  private static final Map<String, Entry> ENTRIES = entries();
  private static final Caller CALLER =
      new Caller(
          ACCOUNT,
          REGION,
          "AKIDEXAMPLE",
          "arn:aws:iam::" + ACCOUNT + ":root",
          "127.0.0.1",
          "127.0.0.1:1",
          false);

  private final Ledger ledger;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final boolean hasty;

  Gate(Ledger ledger, InstantSource clock, RandomGenerator random, boolean hasty) {
    this.hasty = hasty;
    this.ledger = ledger;
    this.clock = clock;
    this.random = random;
  }

  private static Map<String, Entry> entries() {
    Map<String, Entry> entries = new HashMap<>();
    SERVICES.operations().forEach(one -> entries.put(one.shape().name(), one));
    return entries;
  }

  /// Performs a call; the answer is given once it is durable.
  @SuppressWarnings("unchecked")
  void perform(Request request, Answered answered) {
    Entry entry = ENTRIES.get(request.operation());
    if (entry == null) {
      throw new Bug("no operation " + request.operation());
    }
    try {
      SdkPojo shape =
          JsonShapes.fill(
              request.json().getBytes(StandardCharsets.UTF_8), entry.shape().input().get());
      switch (entry.operation()) {
        case Read<?, ?> read ->
            answered.take(
                done(
                    ((Read<SdkPojo, SdkPojo>) read)
                        .answer(ledger.state(), shape, new Call(CALLER, clock.instant(), random))));
        case Write<?, ?> write -> submit((Write<SdkPojo, SdkPojo>) write, shape, answered);
      }
    } catch (Refusal refusal) {
      answered.take(refused(refusal));
    } catch (Overloaded _) {
      answered.take(failed(400, "ThrottlingException", "Rate exceeded"));
    } catch (NotWritable e) {
      answered.take(failed(500, "ServerException", String.valueOf(e.getMessage())));
    }
  }

  private void submit(Write<SdkPojo, SdkPojo> write, SdkPojo shape, Answered answered) {
    var _ =
        ledger
            .<SdkPojo>submit(
                (state, moment) -> {
                  Decision<SdkPojo> decision =
                      write.decide(state, shape, new Call(CALLER, moment.now(), moment.random()));
                  if (hasty) {
                    answered.take(done(decision.answer()));
                  }
                  return new Outcome<>(decision.changes(), decision.answer());
                })
            .whenComplete(
                (answer, failure) -> {
                  if (!hasty || failure != null) {
                    answered.take(told(answer, failure));
                  }
                });
  }

  private static Answer told(
      @org.jspecify.annotations.Nullable SdkPojo answer,
      @org.jspecify.annotations.Nullable Throwable failure) {
    return switch (failure) {
      case null -> done(answer);
      case Refusal refusal -> refused(refusal);
      case NotWritable e -> failed(500, "ServerException", String.valueOf(e.getMessage()));
      default -> throw new Bug("a decision failed", failure);
    };
  }

  private static Answer done(@org.jspecify.annotations.Nullable SdkPojo answer) {
    if (answer == null) {
      throw new Bug("an operation without an answer");
    }
    return new Answer(200, "", new String(JsonShapes.write(answer), StandardCharsets.UTF_8));
  }

  private static Answer refused(Refusal refusal) {
    return failed(refusal.error().status(), refusal.error().code(), refusal.error().message());
  }

  private static Answer failed(int status, String code, String message) {
    return new Answer(status, code, message);
  }
}
