package dev.roadstead.sim.node;

import dev.roadstead.link.api.Attribute;
import dev.roadstead.link.api.CreateClusterRequest;
import dev.roadstead.link.api.RegisterContainerInstanceRequestBuilder;
import dev.roadstead.link.api.RegisterContainerInstanceResponse;
import dev.roadstead.link.api.Resource;
import dev.roadstead.link.codec.Json;
import dev.roadstead.sim.net.Door;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a machine a container instance, trying for as long as it takes. A control plane that
/// refuses the saved ARN gets a new instance.
final class Registration {
  private static final List<Integer> LEVELS = List.of(17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29);

  private final SimAgent agent;
  private final Machine machine;
  private final String clientToken;
  private String arn = "";
  private @Nullable String saved;

  Registration(SimAgent agent, @Nullable String saved) {
    this.agent = agent;
    this.machine = agent.machine();
    this.saved = saved;
    this.clientToken = machine.chance().hex32();
  }

  String arn() {
    return arn;
  }

  void begin(Runnable registered) {
    var request =
        RegisterContainerInstanceRequestBuilder.builder()
            .cluster(SimAgent.CLUSTER)
            .containerInstanceArn(saved)
            .clientToken(clientToken)
            .attributes(attributes())
            .totalResources(
                List.of(
                    new Resource("CPU", "INTEGER", machine.cpuUnits(), List.of()),
                    new Resource("MEMORY", "INTEGER", machine.memoryMib(), List.of()),
                    new Resource("PORTS", "STRINGSET", null, List.of("22")),
                    new Resource("PORTS_UDP", "STRINGSET", null, List.of())))
            .tags(List.of())
            .platformDevices(List.of())
            .instanceIdentityDocument("")
            .instanceIdentityDocumentSignature("")
            .build();
    agent
        .calls()
        .call(
            Door.Request.of("RegisterContainerInstance", Json.write(request)),
            agent::alive,
            answer -> {
              if (answer.ok()) {
                registered(answer, registered);
              } else {
                failed(answer, registered);
              }
            });
  }

  private void registered(Door.Answer answer, Runnable registered) {
    var response = Json.read(answer.bytes(), RegisterContainerInstanceResponse.class);
    var instance = response.containerInstance();
    if (instance == null) {
      throw new IllegalStateException("an answer without an instance");
    }
    arn = instance.containerInstanceArn();
    if (!arn.equals(saved)) {
      machine.disk().saveInstance(arn);
      saved = arn;
    }
    machine.note("is " + arn);
    registered.run();
  }

  private void failed(Door.Answer answer, Runnable registered) {
    machine.note("is not registered: " + answer.code());
    boolean refused = answer.status() >= 400 && answer.status() < 500;
    String message = answer.body();
    if (refused && saved != null) {
      saved = null;
      begin(registered);
      return;
    }
    if (refused && message.contains("Cluster not found.")) {
      agent
          .calls()
          .call(
              Door.Request.of("CreateCluster", Json.write(new CreateClusterRequest("default"))),
              agent::alive,
              _ -> {});
    }
    agent.after(machine.chance().millis(250, 2_000), () -> begin(registered));
  }

  private List<Attribute> attributes() {
    List<Attribute> all = new ArrayList<>();
    all.add(new Attribute("ecs.availability-zone", "zone-" + machine.zone()));
    all.add(new Attribute("ecs.capability.container-health-check", null));
    all.add(new Attribute("ecs.capability.container-ordering", null));
    all.add(new Attribute("ecs.capability.container-restart-policy", null));
    for (int level : LEVELS) {
      all.add(new Attribute("com.amazonaws.ecs.capability.docker-remote-api.1." + level, null));
    }
    return all;
  }
}
