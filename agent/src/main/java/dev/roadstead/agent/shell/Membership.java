package dev.roadstead.agent.shell;

import dev.roadstead.agent.engine.EngineInfo;
import dev.roadstead.link.api.Attribute;
import dev.roadstead.link.api.CreateClusterRequest;
import dev.roadstead.link.api.RegisterContainerInstanceRequest;
import dev.roadstead.link.api.RegisterContainerInstanceRequest.PlatformDevice;
import dev.roadstead.link.api.RegisterContainerInstanceRequestBuilder;
import dev.roadstead.link.api.RegisterContainerInstanceResponse;
import dev.roadstead.link.api.Resource;
import dev.roadstead.link.api.SubmitStateChangeResponse;
import dev.roadstead.link.api.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes this machine a container instance of a cluster.
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final int UNITS_PER_CPU = 1024;
  private static final long MIB = 1024L * 1024;

  /// The attribute by which an instance joins a capacity provider. Unlike other custom attributes
  /// it is sent with every registration: the agent's configuration decides.
  static final String CAPACITY_PROVIDER = "roadstead.capacity-provider";

  private final ApiClient api;
  private final AgentConfig config;
  private final Settings settings;
  private final EngineInfo engine;
  private final boolean taskLimits;
  private final String clientToken = UUID.randomUUID().toString();

  /// @param taskLimits limits of tasks as a whole can be kept
  Membership(
      ApiClient api, AgentConfig config, Settings settings, EngineInfo engine, boolean taskLimits) {
    this.api = api;
    this.config = config;
    this.settings = settings;
    this.engine = engine;
    this.taskLimits = taskLimits;
  }

  static int cpuUnits(EngineInfo engine) {
    return engine.cpus() * UNITS_PER_CPU;
  }

  static int memoryMib(EngineInfo engine, Settings settings) {
    return (int) (engine.memoryBytes() / MIB) - settings.reservedMemoryMib();
  }

  /// Registers, trying for as long as it takes. A control plane that refuses the saved ARN gets a
  /// new instance.
  ///
  /// @param savedArn null at first registration
  /// @return the ARN of the container instance
  String register(@Nullable String savedArn) throws InterruptedException {
    var backoff = Backoff.dialling();
    String arn = savedArn;
    while (true) {
      try {
        return once(arn);
      } catch (ApiTrouble e) {
        LOG.warn("registration does not succeed yet: {}", e.getMessage());
        if (arn != null && e.refused() && !e.code().contains("AccessDenied")) {
          LOG.warn("the control plane does not take back {}: registering anew", arn);
          arn = null;
          continue;
        }
        if (noCluster(e) && config.cluster().equals("default")) {
          createCluster();
        }
        backoff.pause();
      }
    }
  }

  private static boolean noCluster(ApiTrouble e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return e.code().equals("ClusterNotFoundException") || message.contains("Cluster not found.");
  }

  private void createCluster() throws InterruptedException {
    try {
      var request = new CreateClusterRequest("default");
      api.call("CreateCluster", request, SubmitStateChangeResponse.class);
    } catch (ApiTrouble e) {
      LOG.warn("the default cluster cannot be created: {}", e.getMessage());
    }
  }

  private String once(@Nullable String savedArn) throws ApiTrouble, InterruptedException {
    var response =
        api.call(
            "RegisterContainerInstance",
            request(savedArn),
            RegisterContainerInstanceResponse.class);
    var instance = response.containerInstance();
    if (instance == null) {
      throw new ApiTrouble(500, "", "the answer names no container instance");
    }
    return instance.containerInstanceArn();
  }

  private RegisterContainerInstanceRequest request(@Nullable String savedArn) {
    var attributes = new ArrayList<Attribute>();
    if (savedArn == null) {
      var custom = new TreeMap<>(settings.attributes());
      custom.putAll(config.attributes());
      custom.forEach((name, value) -> attributes.add(new Attribute(name, value)));
    }
    String provider = config.attributes().get(CAPACITY_PROVIDER);
    if (savedArn != null && provider != null) {
      attributes.add(new Attribute(CAPACITY_PROVIDER, provider));
    }
    attributes.addAll(Capabilities.of(settings, engine, config.advertisedAddress()));
    if (taskLimits) {
      attributes.addAll(Capabilities.taskLimits());
    }
    var tags = new ArrayList<Tag>();
    new TreeMap<>(settings.tags()).forEach((key, value) -> tags.add(new Tag(key, value)));
    return RegisterContainerInstanceRequestBuilder.builder()
        .cluster(config.cluster())
        .containerInstanceArn(savedArn)
        .clientToken(clientToken)
        .attributes(attributes)
        .totalResources(
            List.of(
                new Resource("CPU", "INTEGER", cpuUnits(engine), List.of()),
                new Resource("MEMORY", "INTEGER", memoryMib(engine, settings), List.of()),
                new Resource("PORTS", "STRINGSET", null, texts(settings.reservedPorts())),
                new Resource("PORTS_UDP", "STRINGSET", null, texts(settings.reservedPortsUdp()))))
        .tags(tags)
        .platformDevices(
            Gpus.onHost(Gpus.DRIVER).stream().map(id -> new PlatformDevice(id, "GPU")).toList())
        .instanceIdentityDocument("")
        .instanceIdentityDocumentSignature("")
        .build();
  }

  private static List<String> texts(List<Integer> ports) {
    return ports.stream().map(String::valueOf).toList();
  }
}
