package dev.roadstead.engine.loop;

import dev.roadstead.base.Bug;
import dev.roadstead.engine.consensus.Consensus;
import dev.roadstead.engine.format.EntryFormat;
import dev.roadstead.engine.format.RowFormat;
import dev.roadstead.engine.log.Group;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.watch.Commit;
import dev.roadstead.engine.watch.Feed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that decides. Owns the {@link Core}; what others see of it is volatile or a queue.
///
/// The consensus thread calls `durable`, `lost` and `leading`: the first two have those who wait
/// answered, in order, by a thread for that alone, so that what they do with an answer keeps no
/// group from the disk; the last makes the writer begin again from the durable state.
final class Writer implements Consensus.Member, Core.Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /// Bytes after which a group takes no more decisions.
  private static final int GROUP_BYTES = 1 << 20;

  /// The longest sleep, in case the clock is set forward meanwhile.
  private static final long SLEEP_NANOS_MAX = TimeUnit.SECONDS.toNanos(1);

  private static final Job<?> WAKE = new Job<>((_, _) -> new Outcome<>(List.of(), ""));

  private final Consensus consensus;
  private final EngineConfig config;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final EntryFormat format;
  private final Core core;
  private final Feed feed;
  private final ArrayBlockingQueue<Job<?>> queue;
  private final Queue<Batch> underWay = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final ExecutorService answers;
  private final boolean waits;
  private final Thread thread;
  private volatile State durable;
  private volatile @Nullable Leading leading; // null while nothing can be written
  private volatile @Nullable NotWritable reason;
  private volatile boolean closing;
  private Instant now = Instant.MIN;
  private Instant clockRead = Instant.MAX; // when the clock was read last
  private Batch batch; // the one being filled
  private @Nullable Job<?> held; // taken from the queue before its time
  private long term; // the one that the core has begun

  private record Leading(long term, State from) {}

  /// A group with those who wait for it.
  private record Batch(Group group, List<Job<?>> jobs, List<Commit> commits) {
    Batch(long term, State before) {
      this(new Group(term, before), new ArrayList<>(), new ArrayList<>());
    }

    boolean isEmpty() {
      return jobs.isEmpty() && group.count() == 0;
    }
  }

  /// One with threads of its own, once it is started.
  Writer(
      Consensus consensus,
      Core core,
      EngineConfig config,
      InstantSource clock,
      RandomGenerator random) {
    this(
        consensus,
        core,
        config,
        new Outside(
            clock,
            random,
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("engine-answers").daemon().factory()),
            true));
  }

  /// What is not the writer's own.
  ///
  /// @param answers gives answers, one after the other
  /// @param waits whether a round with nothing to do waits for more
  record Outside(
      InstantSource clock, RandomGenerator random, ExecutorService answers, boolean waits) {}

  Writer(Consensus consensus, Core core, EngineConfig config, Outside outside) {
    State recovered = core.state();
    this.consensus = consensus;
    this.core = core;
    this.config = config;
    this.clock = outside.clock();
    this.random = outside.random();
    this.answers = outside.answers();
    this.waits = outside.waits();
    this.format = new EntryFormat(recovered.schema(), new RowFormat());
    this.durable = recovered;
    this.feed = new Feed(recovered.position(), config.limits().feedCommitsMax());
    this.queue = new ArrayBlockingQueue<>(config.limits().queueMax());
    this.batch = new Batch(0, recovered);
    this.thread = Thread.ofPlatform().name("engine-writer").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  State state() {
    return durable;
  }

  Feed feed() {
    return feed;
  }

  boolean accepting() {
    return leading != null && !closing;
  }

  <A> CompletableFuture<A> submit(Work<A> work) {
    if (leading == null || closing) {
      throw notWritable();
    }
    Job<A> job = new Job<>(work);
    if (!queue.offer(job)) {
      throw new Overloaded(queue.size());
    }
    if (closing && queue.remove(job)) {
      throw notWritable();
    }
    return job.answered();
  }

  private NotWritable notWritable() {
    NotWritable known = reason;
    return known != null && (stopped.get() || !closing)
        ? known
        : new NotWritable(
            closing ? "The server is shutting down." : "The server is not ready to write yet.",
            null);
  }

  void close() {
    closing = true;
    queue.offer(WAKE);
    if (thread.equals(Thread.currentThread())) {
      return; // told to close by what was told of a failure
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Gives every answer that is still to be given. Called when no group is under way any more.
  void finish() {
    answers.close();
  }

  private void run() {
    try {
      while (!closing) {
        round();
      }
      refuseWaiting(held);
      refuseWaiting(queue.poll());
    } catch (Throwable e) {
      failed(e);
      batch.jobs().forEach(job -> job.fail(notWritable()));
    }
    if (stopped.get()) {
      refuseAll();
    }
  }

  /// Begins a term that is new, or takes what there is and decides it.
  void round() throws InterruptedException {
    Leading lead = leading;
    if (lead == null) {
      awaitLeading();
    } else if (lead.term() != term) {
      term = lead.term();
      core.restart(lead.from());
    } else {
      turn();
    }
  }

  /// How long until a round has something to do if nothing else happens; null for ever.
  @Nullable Duration nextRound() {
    Leading lead = leading;
    if (held != null || !queue.isEmpty()) {
      return Duration.ZERO;
    }
    if (lead == null) {
      return null;
    }
    if (lead.term() != term || !core.settled()) {
      return Duration.ZERO;
    }
    Instant due = core.nextDue();
    Instant reached = moment().now();
    return due == null
        ? null
        : due.isAfter(reached) ? Duration.between(reached, due) : Duration.ZERO;
  }

  /// Refuses what still waits. What comes in once a term has begun is not refused but held.
  private void awaitLeading() throws InterruptedException {
    Job<?> job = held != null ? held : poll(SLEEP_NANOS_MAX);
    held = null;
    if (job == null) {
      return;
    }
    if (leading == null) {
      job.fail(notWritable());
    } else {
      held = job;
    }
  }

  private void turn() throws InterruptedException {
    Job<?> first = take();
    moment();
    batch = new Batch(term, core.state());
    int entriesMax = config.limits().groupEntriesMax();
    for (Job<?> job = first; job != null; job = queue.poll()) {
      if (!leads()) {
        held = job; // came in a later term, perhaps
        break;
      }
      if (job != WAKE && !job.abandoned()) {
        batch.jobs().add(job);
        job.decide(core, moment(), this);
      }
      if (batch.jobs().size() >= entriesMax || batch.group().bytes().size() >= GROUP_BYTES) {
        break;
      }
    }
    core.fire(now);
    core.settle(moment(), this);
    if (!batch.isEmpty()) {
      Batch filled = batch;
      underWay.add(filled);
      batch = new Batch(term, core.state());
      consensus.append(filled.group());
    }
  }

  private boolean leads() {
    Leading lead = leading;
    return lead != null && lead.term() == term;
  }

  /// The next job; null when something else is to be done first.
  private @Nullable Job<?> take() throws InterruptedException {
    Job<?> next = held != null ? held : queue.poll();
    held = null;
    if (next != null || !core.settled()) {
      return next;
    }
    Instant due = core.nextDue();
    long nanos = SLEEP_NANOS_MAX;
    if (due != null) {
      Duration left = Duration.between(moment().now(), due);
      nanos = left.compareTo(Duration.ofSeconds(1)) > 0 ? nanos : Math.max(0, left.toNanos());
    }
    return nanos == 0 ? null : poll(nanos);
  }

  private @Nullable Job<?> poll(long nanos) throws InterruptedException {
    return waits ? queue.poll(nanos, TimeUnit.NANOSECONDS) : queue.poll();
  }

  /// Milliseconds are what the row format writes in the fewest bytes. When the clock is set back,
  /// time goes on from where it was: else nothing would fall due until the clock is there again.
  private Moment moment() {
    Instant read = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (read.isAfter(now)) {
      now = read;
    } else if (read.isAfter(clockRead)) {
      now = now.plus(Duration.between(clockRead, read));
    }
    clockRead = read;
    return new Moment(now, random);
  }

  @Override
  public void append(Commit commit, List<Change> changes, State after) {
    Group group = batch.group();
    int start = group.bytes().size();
    format.write(changes, group.bytes());
    int bytes = group.bytes().size() - start;
    if (bytes > EngineConfig.ENTRY_BYTES_MAX) {
      group.bytes().cut(start);
      throw new EntryTooLarge(bytes, EngineConfig.ENTRY_BYTES_MAX);
    }
    group.close(after);
    batch.commits().add(commit);
  }

  private void refuseWaiting(@Nullable Job<?> first) {
    NotWritable why = notWritable();
    for (Job<?> job = first; job != null; job = queue.poll()) {
      job.fail(why);
    }
  }

  @Override
  public void leading(long term, State from) {
    durable = from;
    if (feed.last() != from.position()) {
      feed.restart(from.position());
    }
    reason = null;
    leading = new Leading(term, from);
    queue.offer(WAKE);
  }

  @Override
  public void durable(Group group) {
    Batch done = next(group);
    durable = group.after();
    feed.publish(done.commits());
    answers.execute(() -> done.jobs().forEach(Job::answer));
  }

  @Override
  public void lost(Group group, Throwable cause) {
    NotWritable why =
        new NotWritable("Nothing can be written at the moment: " + cause.getMessage(), cause);
    Leading lead = leading;
    if (lead != null && lead.term() == group.term()) {
      reason = why;
      leading = null;
    }
    Batch lost = next(group);
    answers.execute(() -> lost.jobs().forEach(job -> job.fail(why)));
  }

  private Batch next(Group group) {
    Batch batch = underWay.poll();
    if (batch == null || batch.group() != group) {
      throw new Bug("groups answered out of order");
    }
    return batch;
  }

  @Override
  public void failed(Throwable cause) {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    NotWritable why = new NotWritable("The server has failed and is stopping.", cause);
    reason = why;
    leading = null;
    closing = true;
    LOG.error("the engine has stopped", cause);
    refuseAll();
    config.onFatal().accept(cause);
  }

  private void refuseAll() {
    refuseWaiting(queue.poll());
    for (Batch lost = underWay.poll(); lost != null; lost = underWay.poll()) {
      lost.jobs().forEach(job -> job.fail(notWritable()));
    }
  }
}
