package dev.roadstead.server.boot;

import dev.roadstead.base.Bug;
import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Entry;
import dev.roadstead.control.api.Operation;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.api.Write;
import dev.roadstead.engine.loop.Engine;
import dev.roadstead.engine.loop.NotWritable;
import dev.roadstead.engine.loop.Outcome;
import dev.roadstead.engine.loop.Overloaded;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.api.Dispatcher;
import dev.roadstead.wire.api.OperationShape;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.api.ServiceShape;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.SdkPojo;

/// Performs requests: reads at once, on the calling thread, from the durable state, unless they
/// have to wait for a disk; writes through the engine's one writer.
final class EngineDispatcher implements Dispatcher {
  private final Engine engine;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<OperationShape, Operation<?, ?>> operations = new HashMap<>();

  EngineDispatcher(
      Engine engine, List<Entry> entries, InstantSource clock, RandomGenerator random) {
    this.engine = engine;
    this.clock = clock;
    this.random = random;
    for (Entry entry : entries) {
      operations.put(entry.shape(), entry.operation());
    }
  }

  @Override
  public CompletionStage<? extends SdkPojo> perform(
      ServiceShape service, OperationShape shape, SdkPojo request, Caller caller) {
    Operation<?, ?> operation = operations.get(shape);
    if (operation == null) {
      throw new Bug("no operation behind " + shape.name());
    }
    return switch (operation) {
      case Read<?, ?> read -> answer(read, request, caller);
      case Write<?, ?> write -> submit(write, request, caller);
    };
  }

  @SuppressWarnings("unchecked")
  private <I extends SdkPojo, O extends SdkPojo> CompletionStage<O> answer(
      Read<I, O> read, SdkPojo request, Caller caller) {
    State state = engine.state();
    I asked = (I) request;
    Call call = new Call(caller, clock.instant(), random);
    if (read.waits(state, asked, call)) {
      return CompletableFuture.supplyAsync(
          () -> read.answer(state, asked, call), Thread::startVirtualThread);
    }
    return CompletableFuture.completedStage(read.answer(state, asked, call));
  }

  @SuppressWarnings("unchecked")
  private <I extends SdkPojo, O extends SdkPojo> CompletionStage<O> submit(
      Write<I, O> write, SdkPojo request, Caller caller) {
    try {
      return engine
          .<O>submit(
              (state, moment) -> {
                Decision<O> decision =
                    write.decide(
                        state, (I) request, new Call(caller, moment.now(), moment.random()));
                return new Outcome<>(decision.changes(), decision.answer());
              })
          .exceptionally(
              failure -> {
                throw failure instanceof NotWritable e ? notWritable(e) : asIs(failure);
              });
    } catch (Overloaded _) {
      throw AwsError.client("ThrottlingException", "Rate exceeded").refusal();
    } catch (NotWritable e) {
      throw notWritable(e);
    }
  }

  private static RuntimeException asIs(Throwable failure) {
    return failure instanceof RuntimeException e ? e : new CompletionException(failure);
  }

  private static Refusal notWritable(NotWritable why) {
    return AwsError.server(String.valueOf(why.getMessage())).refusal();
  }
}
