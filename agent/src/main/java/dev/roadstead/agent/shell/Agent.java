package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.NodeCore;
import dev.roadstead.agent.core.NodeSettings;
import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.docker.DockerEngine;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.EngineInfo;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.agent.metadata.Documents;
import dev.roadstead.agent.metadata.MetadataAddress;
import dev.roadstead.agent.metadata.MetadataServer;
import dev.roadstead.base.Bug;
import dev.roadstead.link.acs.AcsAgentMessage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A container instance. Registers with the control plane, takes work over ACS, runs it on the
/// container engine and reports what became of it. Closing it leaves the containers running; the
/// next agent with the same data directory finds them.
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /// What the agent calls itself to the control plane. The control plane knows our own agents by
  /// the hash.
  static final String VERSION = "1.105.1";

  static final String HASH = "roadstead";

  private static final Duration REPORT_DELAY = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final AgentConfig config;
  private final Settings settings;
  private final InstantSource clock = InstantSource.system();
  private final CompletableFuture<String> registered = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> connected = new CompletableFuture<>();
  private final Vault vault = new Vault();
  private final ArrayList<AutoCloseable> parts = new ArrayList<>();
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private volatile @Nullable AcsLink acs;
  private volatile @Nullable TcsLink tcs;
  private volatile @Nullable NodeLoop loop;

  public Agent(AgentConfig config) {
    this.config = config;
    this.settings = Settings.of(config.environment());
  }

  /// Starts everything; registration goes on in the background.
  ///
  /// Throws EngineTrouble when the container engine does not answer, IOException when the data
  /// directory cannot be used.
  public void start() throws EngineTrouble, IOException {
    ContainerEngine engine = keep(new DockerEngine(config.dockerHost()));
    EngineInfo info = engine.info();
    AgentId id = AgentId.open(config.dataDir());
    StateLog log = StateLog.open(config.dataDir());
    StateLog.Memory memory = log.read();
    HttpClient http = httpClient();
    keep((AutoCloseable) http::shutdownNow); // Its close would wait for the websockets.
    var signing = new Signing(config.credentials(), config.region());
    var api = new ApiClient(http, signing, config.servers());
    NodeState state = NodeCore.restore(nodeSettings(info), memory.tasks(), memory.timeline());
    var runner = new CompletableFuture<EffectRunner>();
    var node = new NodeLoop(state, log, clock, effect -> runner.join().run(effect));
    loop = node;
    var _ = node.failed().thenAccept(failed::complete);
    var reporter = keep(new Reporter(api, node::post));
    MetadataAddress address = metadataAddress(info);
    var cgroups = new TaskCgroups(info);
    var around =
        new Specs.Surroundings(id, config.cluster(), config.region(), address.url(), cgroups);
    var images = new Images(log, memory.images());
    runner.complete(keep(effects(engine, node, reporter, images, around)));
    var watch = keep(new EngineWatch(engine, id, node::state, node::post));
    var wires = new Redial.Wires(http, signing, api, config.cluster(), info.version());
    var telemetry =
        new Telemetry(
            clock,
            new CgroupStats(engine, info.cpus()),
            settings.disableMetrics(),
            watch::reachable);
    var telling = keep(new TcsLink(wires, registered, this::instanceArn, telemetry, node::state));
    tcs = telling;
    keep(node);
    metadata(engine, node, address, new TaskCalls(http, config.servers(), config.region()));
    var membership = new Membership(api, config, settings, info, cgroups.usable());
    var link =
        keep(
            new AcsLink(
                new AcsLink.Wires(wires, membership, log),
                new AcsSession(
                    node::post,
                    vault,
                    () -> {
                      vault.forgetAllBut(node.state().tasks().keySet());
                      telling.healthChanged();
                    }),
                registered,
                connected));
    acs = link;
    node.start();
    watch.start();
    link.start(memory.instance());
    telling.start();
  }

  private static HttpClient httpClient() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(LateTrust.context())
        .build();
  }

  private MetadataAddress metadataAddress(EngineInfo info) throws IOException {
    String wellKnown = config.environment().get("ROADSTEAD_METADATA_WELL_KNOWN_ADDRESS");
    return MetadataAddress.open(!"false".equals(wellKnown), info.bridgeGateway());
  }

  private void metadata(
      ContainerEngine engine, NodeLoop node, MetadataAddress address, TaskCalls calls) {
    keep(new MetadataServer(
            address, node::state, vault::keys, new Documents(engine, config.cluster()), calls))
        .start();
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.add(part);
    return part;
  }

  private EffectRunner effects(
      ContainerEngine engine,
      NodeLoop node,
      Reporter reporter,
      Images images,
      Specs.Surroundings around) {
    var ports = new HostPorts(settings.portLow(), settings.portHigh(), node::state);
    keep(new ImageCleaner(engine, images, settings, node::state, clock)).start();
    return new EffectRunner(
        clock,
        node::post,
        new EffectRunner.Hands(
            engine,
            new Puller(engine, settings.pullBehavior(), clock, images),
            new Launcher(engine, ports, () -> around, node::post),
            new Preparer(engine, around.cgroups()),
            reporter,
            this::sendAcs,
            this::healthChanged));
  }

  private void sendAcs(AcsAgentMessage message) {
    AcsLink link = acs;
    if (link != null) {
      link.send(message);
    }
  }

  private String instanceArn() {
    AcsLink link = acs;
    return link == null ? "" : link.arn();
  }

  private void healthChanged() {
    TcsLink link = tcs;
    if (link != null) {
      link.healthChanged();
    }
  }

  private NodeSettings nodeSettings(EngineInfo info) {
    var ports = new ArrayList<String>();
    settings.reservedPorts().forEach(port -> ports.add(port + "/tcp"));
    settings.reservedPortsUdp().forEach(port -> ports.add(port + "/udp"));
    return new NodeSettings(
        config.cluster(),
        Membership.cpuUnits(info),
        Membership.memoryMib(info, settings),
        ports,
        Gpus.onHost(Gpus.DRIVER),
        settings.stopTimeout(),
        settings.cleanupWait(),
        settings.stoppedTasksMax(),
        REPORT_DELAY);
  }

  /// The ARN of the container instance, once registered.
  public CompletableFuture<String> registered() {
    return registered;
  }

  /// Done once work can be received for the first time.
  public CompletableFuture<@Nullable Void> connected() {
    return connected;
  }

  /// Done when the agent cannot go on; its containers run on. Whoever started it should end the
  /// process, so that a new one finds them.
  public CompletableFuture<Throwable> failed() {
    return failed;
  }

  /// What the agent knows right now.
  public NodeState state() {
    NodeLoop node = loop;
    if (node == null) {
      throw new Bug("the agent was not started");
    }
    return node.state();
  }

  @Override
  public void close() {
    for (AutoCloseable part : parts.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("closing: {}", e.toString());
      }
    }
    parts.clear();
  }
}
