package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.Effect;
import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.NodeCore;
import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.core.Unsaved;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that steps the core. Takes events in bulk, saves what changed with one sync for
/// all of them, then hands the other effects on.
final class NodeLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

  /// Those who bring events wait when this many are queued; a busy node has some hundreds.
  private static final int QUEUE_MAX = 10_000;

  private static final int BATCH_MAX = 256;

  private final Unsaved unsaved = new Unsaved();
  private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final StateLog log;
  private final InstantSource clock;
  private final Consumer<Effect> runner;
  private final Thread thread;
  private volatile NodeState state;
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private volatile boolean closing;

  /// @param runner starts an effect and returns at once
  NodeLoop(NodeState state, StateLog log, InstantSource clock, Consumer<Effect> runner) {
    this.state = state;
    this.log = log;
    this.clock = clock;
    this.runner = runner;
    this.thread = Thread.ofPlatform().name("node-loop").daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// What the core knew after its latest step.
  NodeState state() {
    return state;
  }

  /// Nobody listens any more once the core has failed.
  void post(Event event) {
    if (failed.isDone()) {
      return;
    }
    try {
      queue.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var batch = new ArrayList<Event>();
    try {
      while (!closing) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH_MAX);
        step(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("the agent's core has failed; it stops, its containers run on", e);
      failed.complete(e);
    }
  }

  /// Done when the core can go on no more.
  CompletableFuture<Throwable> failed() {
    return failed;
  }

  private void step(List<Event> batch) {
    Instant now = clock.instant();
    NodeState next = state;
    var effects = new ArrayList<Effect>();
    for (Event event : batch) {
      NodeCore.Step step = decide(next, now, event);
      next = step.state();
      effects.addAll(step.effects());
    }
    try {
      save(effects);
    } catch (IOException e) {
      LOG.error("cannot save state: {}", e.getMessage());
      effects.clear();
      next = stepUnsaved(batch, now, effects, e);
      unsaved.failed(effects);
    }
    state = next;
    for (Effect effect : effects) {
      runner.accept(effect);
    }
  }

  /// A defect stops the task it was met in. One that cannot be laid to a task, or that keeps the
  /// task from being stopped, is thrown and ends the agent.
  private static NodeCore.Step decide(NodeState state, Instant now, Event event) {
    try {
      return NodeCore.step(state, now, event);
    } catch (RuntimeException e) {
      String arn = Event.taskOf(event);
      if (arn == null || event instanceof Event.Broken) {
        throw e;
      }
      LOG.error("a defect stops task {}", arn, e);
      return NodeCore.step(state, now, new Event.Broken(arn, e.toString()));
    }
  }

  /// The disk does not take more: new work is refused, all else goes on from memory.
  private NodeState stepUnsaved(
      List<Event> batch, Instant now, List<Effect> effects, IOException why) {
    NodeState next = state;
    for (Event event : batch) {
      Event told =
          event instanceof Event.Payload payload
              ? new Event.SaveFailed(
                  payload.message(),
                  "ResourceInitializationError: the agent cannot save the task: "
                      + why.getMessage())
              : event;
      NodeCore.Step step = decide(next, now, told);
      next = step.state();
      effects.addAll(step.effects());
    }
    return next;
  }

  private void save(List<Effect> effects) throws IOException {
    boolean sync = unsaved.any();
    for (Effect effect : unsaved.with(effects)) {
      switch (effect) {
        case Effect.Save save -> {
          log.save(save.task());
          sync |= save.durable();
        }
        case Effect.Forget forget -> log.forget(forget.taskArn());
        case Effect.SaveTimeline timeline -> log.saveTimeline(timeline.timeline());
        default -> {}
      }
    }
    if (sync) {
      log.sync();
    }
    unsaved.saved();
  }

  /// Finishes what is queued. No interrupt: it would close the file under a write.
  @Override
  public void close() {
    closing = true;
    post(new Event.Woke("")); // Nobody's; wakes the loop.
    try {
      thread.join();
      log.sync();
      log.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("cannot close the state file: {}", e.getMessage());
    }
  }
}
