package dev.roadstead.server.node;

import dev.roadstead.base.Bug;
import dev.roadstead.control.api.Call.Ids;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.agent.DiscoverPollEndpoint;
import dev.roadstead.control.node.AcsSession;
import dev.roadstead.control.node.AgentHello;
import dev.roadstead.control.node.Lease;
import dev.roadstead.control.node.NodeSecrets;
import dev.roadstead.control.node.NodeWork;
import dev.roadstead.control.node.TaskCredentials;
import dev.roadstead.control.node.TcsSession;
import dev.roadstead.engine.loop.Engine;
import dev.roadstead.engine.loop.Work;
import dev.roadstead.wire.api.Sockets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Every open socket of an agent: the newest ACS connection of each instance, and all of TCS.
public final class AgentSockets implements Sockets.Acceptor, AutoCloseable {
  private static final String SUFFIX = "/ws";

  /// How precisely sessions are woken; their own times are in seconds.
  private static final long TICK_MILLIS = 500;

  /// Instances in one decision, so that it stays a small entry of the log.
  private static final int INSTANCES_AT_ONCE = 500;

  private final Engine engine;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final AcsSession.Tools tools;
  private final Submissions submissions;
  private final TaskUse use = new TaskUse();
  private final Map<String, AcsLink> newest = new ConcurrentHashMap<>();
  private final Set<TcsLink> telemetry = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService ticker;
  private final Followers followers;

  private AgentSockets(
      Engine engine,
      InstantSource clock,
      RandomGenerator random,
      TaskCredentials credentials,
      Lease lease) {
    this.engine = engine;
    this.clock = clock;
    this.random = random;
    this.tools = new AcsSession.Tools(credentials, new TemplateCache(), lease);
    this.submissions = new Submissions(engine);
    this.followers = new Followers(engine, newest);
    this.ticker =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("agent-ticks").daemon().factory());
  }

  /// Takes every instance for disconnected until its agent comes, and waits for agents.
  ///
  /// @param lease of instances whose agent is gone
  public static AgentSockets start(
      Engine engine, InstantSource clock, RandomGenerator random, Lease lease) {
    String after = "";
    do {
      after = engine.submit(NodeWork.nobodyConnected(after, INSTANCES_AT_ONCE, lease)).join();
    } while (!after.isEmpty());
    byte[] secret = NodeSecrets.bytes(engine.submit(NodeSecrets.taskCredentials()).join());
    AgentSockets sockets =
        new AgentSockets(engine, clock, random, new TaskCredentials(secret), lease);
    sockets.followers.start();
    var _ =
        sockets.ticker.scheduleAtFixedRate(
            sockets::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return sockets;
  }

  /// By path prefix, as the listener wants them.
  public Map<String, Sockets.Acceptor> routes() {
    return Map.of(DiscoverPollEndpoint.ACS_PATH, this, DiscoverPollEndpoint.TCS_PATH, this);
  }

  /// The keys of tasks, for those who verify signatures.
  public TaskCredentials credentials() {
    return tools.credentials();
  }

  /// What tasks use of their machines.
  public TaskUse use() {
    return use;
  }

  @Override
  public Sockets.Session accept(Sockets.Upgrade upgrade) {
    Scope scope = new Scope(upgrade.caller().account(), upgrade.caller().region());
    AgentHello hello = AgentHello.read(engine.state(), scope, upgrade.query());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (upgrade.path().endsWith(DiscoverPollEndpoint.TCS_PATH + SUFFIX)) {
      return new TcsLink(new TcsSession(hello, now), this, engine, clock);
    }
    if (!upgrade.path().endsWith(DiscoverPollEndpoint.ACS_PATH + SUFFIX)) {
      throw new Bug("no socket is served at " + upgrade.path());
    }
    AcsSession session = new AcsSession(hello, Ids.uuid(random), now, tools);
    return new AcsLink(session, this, engine, clock);
  }

  void add(AcsLink link) {
    AcsLink older = newest.put(link.instanceKey(), link);
    if (older != null) {
      older.end("replaced by a newer connection");
    }
  }

  void remove(AcsLink link) {
    newest.remove(link.instanceKey(), link);
  }

  void add(TcsLink link) {
    telemetry.add(link);
  }

  void remove(TcsLink link) {
    telemetry.remove(link);
  }

  void submit(Work<?> work) {
    submissions.submit(work);
  }

  private void tick() {
    Instant now = clock.instant();
    newest.values().forEach(link -> link.time(now));
    telemetry.forEach(link -> link.time(now));
    submissions.again();
  }

  /// Closes every socket; agents come back at once, here or at another member.
  @Override
  public void close() {
    ticker.shutdownNow();
    followers.close();
    newest.values().forEach(link -> link.end("the server stops"));
    telemetry.forEach(link -> link.end("the server stops"));
  }
}
