package dev.roadstead.control.ecs;

import dev.roadstead.control.World;
import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Entry;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.agent.Observation;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstanceBuilder;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskSet;
import dev.roadstead.control.ecs.table.TaskSets;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.control.node.Lease;
import dev.roadstead.control.node.NodeWork;
import dev.roadstead.engine.loop.Outcome;
import dev.roadstead.engine.loop.SoloEngine;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.wire.api.Caller;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;

/// A control plane to which random things happen. Everything comes from the seed.
final class RandomStory {
  private static final EcsService SERVICE =
      new EcsService(_ -> "http://127.0.0.1:1", TaskHistory.NONE);
  private static final Map<String, Entry> ENTRIES = entries();
  private static final Instant BEGIN = Instant.parse("2026-01-02T03:04:05Z");
  private static final Caller CALLER =
      new Caller(
          World.ACCOUNT,
          World.REGION,
          "AKIDEXAMPLE",
          "arn:aws:iam::" + World.ACCOUNT + ":root",
          "127.0.0.1",
          "127.0.0.1:1",
          false);

  private static final int INSTANCES = 5;
  private static final List<String> FAMILIES = List.of("small", "port", "checked", "twin");

  /// The containers of each family.
  private static final Map<String, String> CONTAINERS =
      Map.of(
          "small",
          "{'name':'a','image':'i','cpu':100,'memory':100}",
          "port",
          "{'name':'a','image':'i','memory':64,"
              + "'portMappings':[{'containerPort':80,'hostPort':8080},"
              + "{'containerPort':53,'hostPort':53,'protocol':'udp'}]}",
          "checked",
          "{'name':'a','image':'i','memoryReservation':50,"
              + "'healthCheck':{'command':['CMD','true']}}",
          "twin",
          "{'name':'a','image':'i','cpu':700,'memory':300},"
              + "{'name':'b','image':'i','memory':30,'essential':false,"
              + "'portMappings':[{'containerPort':1,'hostPort':2222}]}");

  private final SplittableRandom random;
  private final SoloEngine engine;
  private final int[] generations = new int[INSTANCES];

  RandomStory(long seed) {
    random = new SplittableRandom(seed);
    engine =
        new SoloEngine(new Schema(SERVICE.tables()), SERVICE.controllers(), BEGIN, random.split());
    call("CreateCluster", "{}");
    FAMILIES.forEach(this::register);
    for (int i = 0; i < INSTANCES - 1; i++) {
      instance(i);
    }
  }

  Instant now() {
    return engine.now();
  }

  State state() {
    return engine.state();
  }

  /// Lets one thing happen and tells which. Whatever is refused must have changed nothing.
  String step() {
    return switch (random.nextInt(25)) {
      case 0 -> instance(random.nextInt(INSTANCES));
      case 1, 2 -> connection();
      case 3, 4, 5 -> run();
      case 6 -> start();
      case 7 -> call("StopTask", "{'task':'%s','reason':'r'}".formatted(task()));
      case 8, 9, 10, 11, 12, 13 -> report();
      case 14 -> health();
      case 15, 16, 17 -> service();
      case 18 -> drain();
      case 19 -> definition();
      case 20 -> label();
      case 21 -> seldom();
      case 22 -> protect();
      default -> pass();
    };
  }

  /// Registers a machine, again or for the first time; one that was deregistered comes as another.
  private String instance(int number) {
    ContainerInstance known =
        state().find(ContainerInstances.TABLE, World.scope().key("default", id(number)));
    if (known != null && known.status().equals(ContainerInstance.INACTIVE)) {
      generations[number]++;
    }
    return call(
        "RegisterContainerInstance",
        ("{'containerInstanceArn':'%s','totalResources':["
                + "{'name':'CPU','integerValue':%d},{'name':'MEMORY','integerValue':%d},"
                + "{'name':'PORTS','stringSetValue':['22','%d']}],'attributes':["
                + "{'name':'ecs.availability-zone','value':'z%d'},"
                + "{'name':'com.amazonaws.ecs.capability.docker-remote-api.1.18'},"
                + "{'name':'com.amazonaws.ecs.capability.docker-remote-api.1.21'},"
                + "{'name':'com.amazonaws.ecs.capability.docker-remote-api.1.24'},"
                + "{'name':'com.amazonaws.ecs.capability.docker-remote-api.1.29'},"
                + "{'name':'ecs.capability.container-health-check'}]}")
            .formatted(
                arn("container-instance", id(number)),
                512 * random.nextInt(1, 5),
                512 * random.nextInt(1, 5),
                random.nextInt(8) == 0 ? 8080 : 51_678,
                number % 2));
  }

  private String connection() {
    boolean connected = random.nextInt(6) > 0;
    Instant lostAt = engine.now().plusSeconds(random.nextInt(40));
    return change(
        connected ? "connected" : "disconnected",
        () ->
            state().all(ContainerInstances.TABLE).stream()
                .filter(_ -> random.nextInt(3) > 0)
                .flatMap(
                    row ->
                        ContainerInstances.update(
                            row,
                            ContainerInstanceBuilder.builder(row)
                                .connected(connected)
                                .connectedAt(engine.now())
                                .lostAt(connected ? null : lostAt)
                                .build())
                            .stream())
                .toList());
  }

  private String run() {
    String token =
        random.nextInt(4) == 0 ? ",'clientToken':'t%d'".formatted(random.nextInt(3)) : "";
    String strategy =
        oneOf(
            "",
            ",'placementStrategy':[{'type':'binpack','field':'memory'}]",
            ",'placementStrategy':[{'type':'spread','field':'attribute:ecs.availability-zone'}]",
            ",'placementConstraints':[{'type':'distinctInstance'}]",
            ",'placementConstraints':[{'type':'memberOf','expression':'runningTasksCount < 3'}]");
    String overrides =
        random.nextInt(4) > 0
            ? ""
            : ",'overrides':{'cpu':'%d','containerOverrides':[{'name':'a','memory':%d}]}"
                .formatted(random.nextInt(600), random.nextInt(600));
    return call(
        "RunTask",
        "{'taskDefinition':'%s','count':%d,'enableECSManagedTags':true%s%s%s}"
            .formatted(revision(), random.nextInt(12), token, strategy, overrides));
  }

  private String start() {
    return call(
        "StartTask",
        "{'taskDefinition':'%s','containerInstances':['%s','%s']}"
            .formatted(revision(), id(random.nextInt(INSTANCES)), id(random.nextInt(INSTANCES))));
  }

  /// A report about any task, in any order, of whatever it may never have been.
  private String report() {
    String status = oneOf("RUNNING", "RUNNING", "RUNNING", "PENDING", "STOPPED", "CREATED");
    String container = oneOf("a", "a", "b", "none");
    String exit = random.nextInt(3) == 0 ? ",'exitCode':%d".formatted(random.nextInt(3)) : "";
    if (random.nextInt(5) == 0) {
      return call(
          "SubmitContainerStateChange",
          "{'task':'%s','containerName':'%s','status':'%s'%s}"
              .formatted(task(), container, status, exit));
    }
    String containers =
        random.nextInt(3) == 0
            ? ""
            : ",'containers':[{'containerName':'%s','status':'%s'%s}]"
                .formatted(container, oneOf(status, status, status, status, "STOPPED"), exit);
    return call(
        "SubmitTaskStateChange",
        "{'task':'%s','status':'%s'%s}".formatted(task(), status, containers));
  }

  private String health() {
    Health health = oneOf(Health.HEALTHY, Health.UNHEALTHY, Health.UNKNOWN);
    return change(
        "health " + health,
        () ->
            state().all(Tasks.TABLE).stream()
                .filter(task -> !task.stopped() && random.nextBoolean())
                .flatMap(
                    task ->
                        Tasks.update(task, Observation.health(task, Map.of("a", health))).stream())
                .toList());
  }

  private String service() {
    String name = oneOf("x", "y", "d");
    int desired = random.nextInt(6);
    return switch (random.nextInt(8)) {
      case 6 -> daemon();
      case 7 -> taskSet();
      case 0, 1 ->
          call(
              "CreateService",
              ("{'serviceName':'%s','taskDefinition':'%s','desiredCount':%d,"
                      + "'propagateTags':'SERVICE','tags':[{'key':'k'}],"
                      + "'availabilityZoneRebalancing':'ENABLED',"
                      + "'deploymentConfiguration':{'minimumHealthyPercent':%d,"
                      + "'bakeTimeInMinutes':%d,'lifecycleHooks':[%s]}}")
                  .formatted(
                      name,
                      revision(),
                      desired,
                      50 * random.nextInt(3),
                      random.nextInt(3),
                      hooks()));
      case 2 ->
          call(
              "UpdateService",
              "{'service':'%s','taskDefinition':'%s'}".formatted(name, revision()));
      case 3 -> call("UpdateService", "{'service':'%s','forceNewDeployment':true}".formatted(name));
      case 4 ->
          call("UpdateService", "{'service':'%s','desiredCount':%d}".formatted(name, desired));
      default ->
          call(
              "DeleteService", "{'service':'%s','force':%s}".formatted(name, random.nextBoolean()));
    };
  }

  /// None, one that runs a task, or one that pauses for a minute.
  private String hooks() {
    return switch (random.nextInt(4)) {
      case 0 -> "{'hookTargetArn':'%s','lifecycleStages':['PRE_SCALE_UP']}".formatted(revision());
      case 1 ->
          "{'targetType':'PAUSE','lifecycleStages':['RECONCILE_SERVICE','POST_SCALE_UP'],"
              + "'timeoutConfiguration':{'timeoutInMinutes':1,'action':'%s'}}"
                  .formatted(oneOf("CONTINUE", "ROLLBACK"));
      default -> "";
    };
  }

  private String daemon() {
    return call(
        "CreateService",
        ("{'serviceName':'d','taskDefinition':'%s','schedulingStrategy':'DAEMON',"
                + "'deploymentConfiguration':{'minimumHealthyPercent':%d}}")
            .formatted(revision(), 40 * random.nextInt(3)));
  }

  private String taskSet() {
    String set =
        state().all(TaskSets.TABLE).stream().map(TaskSet::id).findFirst().orElse("unknown");
    int percent = random.nextInt(101);
    return switch (random.nextInt(7)) {
      case 0, 1 ->
          call(
              "CreateService",
              "{'serviceName':'e','desiredCount':4,'deploymentController':{'type':'EXTERNAL'}}");
      case 2, 3 ->
          call(
              "CreateTaskSet",
              "{'service':'e','taskDefinition':'%s','scale':{'value':%d}}"
                  .formatted(revision(), percent));
      case 4 ->
          call(
              "UpdateTaskSet",
              "{'service':'e','taskSet':'%s','scale':{'value':%d}}".formatted(set, percent));
      case 5 ->
          call(
              "UpdateServicePrimaryTaskSet",
              "{'service':'e','primaryTaskSet':'%s'}".formatted(set));
      default ->
          random.nextInt(3) > 0
              ? call("DeleteTaskSet", "{'service':'e','taskSet':'%s','force':true}".formatted(set))
              : call("DeleteService", "{'service':'e','force':true}");
    };
  }

  private String protect() {
    return call(
        "UpdateTaskProtection",
        "{'tasks':['%s','%s','%s'],'protectionEnabled':%s,'expiresInMinutes':%d}"
            .formatted(task(), task(), task(), random.nextInt(3) > 0, 1 + random.nextInt(30)));
  }

  private String drain() {
    return call(
        "UpdateContainerInstancesState",
        "{'containerInstances':['%s','unknown'],'status':'%s'}"
            .formatted(id(random.nextInt(INSTANCES)), oneOf("ACTIVE", "ACTIVE", "DRAINING")));
  }

  private String definition() {
    return switch (random.nextInt(4)) {
      case 0, 1 -> register(oneOf(FAMILIES.toArray(String[]::new)));
      case 2 -> call("DeregisterTaskDefinition", "{'taskDefinition':'%s'}".formatted(revision()));
      default -> retire();
    };
  }

  /// Deletes the definition of a task, as far as that goes while it runs.
  private String retire() {
    List<Task> tasks = state().all(Tasks.TABLE);
    String revision =
        tasks.isEmpty() ? revision() : tasks.get(random.nextInt(tasks.size())).taskDefinitionArn();
    call("DeregisterTaskDefinition", "{'taskDefinition':'%s'}".formatted(revision));
    return call("DeleteTaskDefinitions", "{'taskDefinitions':['%s']}".formatted(revision));
  }

  private String register(String family) {
    return call(
        "RegisterTaskDefinition",
        "{'family':'%s','containerDefinitions':[%s]}".formatted(family, CONTAINERS.get(family)));
  }

  private String label() {
    String resource =
        oneOf(
            arn("cluster", "").replaceAll("/$", ""),
            arn("service", oneOf("x", "y")),
            arn("container-instance", id(random.nextInt(INSTANCES))),
            task());
    return switch (random.nextInt(4)) {
      case 0 -> call("UntagResource", "{'resourceArn':'%s','tagKeys':['k']}".formatted(resource));
      case 1 ->
          call(
              "PutAttributes",
              "{'attributes':[{'name':'n%d','targetId':'%s'}]}"
                  .formatted(random.nextInt(12), id(random.nextInt(INSTANCES))));
      default ->
          call(
              "TagResource",
              "{'resourceArn':'%s','tags':[{'key':'k%d'}]}"
                  .formatted(resource, random.nextInt(60)));
    };
  }

  private String seldom() {
    return switch (random.nextInt(6)) {
      case 0, 1 ->
          call(
              "DeregisterContainerInstance",
              "{'containerInstance':'%s','force':%s}"
                  .formatted(id(random.nextInt(INSTANCES)), random.nextInt(3) > 0));
      case 2 -> call("DeleteCluster", "{'cluster':'default'}");
      case 3 -> anew();
      case 4 -> {
        engine.decide(NodeWork.nobodyConnected("", INSTANCES, Lease.USUAL));
        yield "nobody connected";
      }
      default -> {
        engine.restart();
        yield "restart";
      }
    };
  }

  /// Ends the cluster and begins another of its name.
  private String anew() {
    for (int i = 0; i < INSTANCES; i++) {
      call(
          "DeregisterContainerInstance",
          "{'containerInstance':'%s','force':true}".formatted(id(i)));
    }
    call("DeleteService", "{'service':'x','force':true}");
    call("DeleteService", "{'service':'y','force':true}");
    call("DeleteService", "{'service':'d','force':true}");
    call("DeleteService", "{'service':'e','force':true}");
    String deleted = call("DeleteCluster", "{'cluster':'default'}");
    call("CreateCluster", "{}");
    for (int i = 0; i < INSTANCES; i++) {
      instance(i);
    }
    return "anew: " + deleted;
  }

  private String pass() {
    Duration time =
        random.nextInt(12) == 0
            ? Duration.ofHours(random.nextInt(1, 30))
            : Duration.ofSeconds(random.nextInt(1, 90));
    engine.advance(time);
    return "pass " + time;
  }

  /// What agents tell by their sockets.
  private String change(String what, Supplier<List<Change>> changes) {
    List<Change> made = changes.get();
    engine.decide((_, _) -> new Outcome<>(made, made.size()));
    return what;
  }

  @SuppressWarnings("unchecked")
  private String call(String operation, String request) {
    Entry entry = ENTRIES.get(operation);
    if (entry == null) {
      throw new AssertionError(operation);
    }
    byte[] json = request.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    SdkPojo shape = JsonShapes.fill(json, entry.shape().input().get());
    State before = state();
    String told = operation + " " + request;
    try {
      switch (entry.operation()) {
        case Read<?, ?> read ->
            ((Read<SdkPojo, SdkPojo>) read)
                .answer(before, shape, new Call(CALLER, engine.now(), random));
        case Write<?, ?> write ->
            engine.decide(
                (state, moment) -> {
                  Decision<SdkPojo> decision =
                      ((Write<SdkPojo, SdkPojo>) write)
                          .decide(state, shape, new Call(CALLER, moment.now(), moment.random()));
                  return new Outcome<>(decision.changes(), decision.answer());
                });
      }
      return told;
    } catch (Refusal refusal) {
      if (state().position() != before.position()) {
        throw new AssertionError(told + " was refused and changed something", refusal);
      }
      return told + " (" + refusal.error().code() + ")";
    }
  }

  /// The ARN of a task that exists, if any does; mostly of one that has not stopped.
  private String task() {
    List<Task> tasks = state().all(Tasks.TABLE);
    List<Task> alive = tasks.stream().filter(task -> !task.stopped()).toList();
    tasks = alive.isEmpty() || random.nextInt(5) == 0 ? tasks : alive;
    return tasks.isEmpty() ? "none" : tasks.get(random.nextInt(tasks.size())).arn();
  }

  private String revision() {
    String family = oneOf(FAMILIES.toArray(String[]::new));
    return random.nextInt(3) == 0 ? family + ":" + random.nextInt(1, 4) : family;
  }

  private String id(int number) {
    return "%016x%016x".formatted(number, generations[number]);
  }

  private static String arn(String kind, String path) {
    return World.scope().arn("ecs", kind + "/default/" + path).toString();
  }

  @SafeVarargs
  private <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static Map<String, Entry> entries() {
    Map<String, Entry> entries = new HashMap<>();
    SERVICE.operations().forEach(one -> entries.put(one.shape().name(), one));
    return entries;
  }
}
