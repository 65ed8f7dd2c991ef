package dev.roadstead.engine.loop;

import dev.roadstead.base.Bug;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A piece of work with the one who waits for it.
final class Job<A> {
  private final Work<A> work;
  private final CompletableFuture<A> answered = new CompletableFuture<>();
  private @Nullable A answer;
  private @Nullable RuntimeException refusal;

  Job(Work<A> work) {
    this.work = work;
  }

  CompletableFuture<A> answered() {
    return answered;
  }

  /// Whether nobody waits any more, so that deciding it would be a surprise.
  boolean abandoned() {
    return answered.isDone();
  }

  void decide(Core core, Moment moment, Core.Journal journal) {
    try {
      answer = core.decide(work, moment, journal);
    } catch (Bug bug) {
      throw bug;
    } catch (RuntimeException e) {
      refusal = e;
    }
  }

  /// Gives the answer that was decided.
  @SuppressWarnings("NullAway") // an answer may be null when A says so
  void answer() {
    if (refusal != null) {
      answered.completeExceptionally(refusal);
    } else {
      answered.complete(answer);
    }
  }

  void fail(RuntimeException cause) {
    answered.completeExceptionally(cause);
  }
}
