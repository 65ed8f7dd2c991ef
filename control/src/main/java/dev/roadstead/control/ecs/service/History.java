package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Call.Ids;
import dev.roadstead.control.ecs.capacity.StrategyShape;
import dev.roadstead.control.ecs.table.AlarmWatch;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecord.Part;
import dev.roadstead.control.ecs.table.DeploymentRecord.Status;
import dev.roadstead.control.ecs.table.DeploymentRecordBuilder;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.ServiceBuilder;
import dev.roadstead.control.ecs.table.ServiceDeployment;
import dev.roadstead.control.ecs.table.ServiceDeploymentBuilder;
import dev.roadstead.control.ecs.table.ServiceRevision;
import dev.roadstead.control.ecs.table.Shift;
import dev.roadstead.control.ecs.table.TaskCounts;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;

/// What a service's deployments leave behind: a record of each, and the revision it was of.
final class History {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  private static final int ID_CHARS = 21;

  private History() {}

  /// @param service with the ids of its new revision and record
  record Begun(Service service, List<Change> changes) {}

  /// A deployment begins: the primary one of `after`, which is new.
  ///
  /// @param before null when the service is new
  static Begun begin(
      State state, @Nullable Service before, Service after, TaskDefinition definition, Call call) {
    List<Change> changes = new ArrayList<>();
    Instant now = call.now();
    if (before != null) {
      changes.addAll(cut(state, before, "a new deployment began", now));
    }
    ServiceRevision revision = revision(after, definition, call);
    String id = id(call.random(), ID_CHARS);
    ServiceDeployment primary = after.primary();
    List<ServiceDeployment> deployments = new ArrayList<>(after.deployments());
    deployments.set(
        0,
        ServiceDeploymentBuilder.builder(primary)
            .revisionId(revision.id())
            .recordId(id)
            .shift(Shifting.begin(before, after, now))
            .alarms(Alarms.begin(ServiceDocument.of(after).deploymentConfiguration()))
            .build());
    List<DeploymentRecord> old = DeploymentRecords.newestFirst(state, after.key());
    DeploymentRecord record =
        new DeploymentRecord(
            after.account(),
            after.region(),
            after.cluster(),
            after.name(),
            id,
            before == null || old.isEmpty() ? 0 : old.getFirst().sequence() + 1,
            primary.id(),
            new Part(revision.id(), primary.id(), after.desiredCount(), 0, 0),
            before == null ? List.of() : sources(state, before),
            Status.PENDING,
            null,
            configuration(after),
            0,
            0,
            false,
            null,
            null,
            null,
            now,
            null,
            null,
            now);
    changes.addAll(DeploymentRecords.begin(state, record, revision, now));
    Service begun = ServiceBuilder.builder(after).deployments(deployments).build();
    return new Begun(begun, changes);
  }

  /// The record of the deployment that is going on, or was the last; null when none is known.
  static @Nullable DeploymentRecord current(State state, Service service) {
    return service.deployments().isEmpty() ? null : find(state, service, service.primary());
  }

  static @Nullable DeploymentRecord find(
      State state, Service service, ServiceDeployment deployment) {
    String id = deployment.recordId();
    return id == null
        ? null
        : state.find(
            DeploymentRecords.TABLE, service.scope().key(service.cluster(), service.name(), id));
  }

  /// The scheduler takes the deployment up.
  static List<Change> takenUp(DeploymentRecord record, Instant now) {
    return record.status() != Status.PENDING
        ? List.of()
        : DeploymentRecords.update(
            record,
            DeploymentRecordBuilder.builder(record)
                .status(Status.IN_PROGRESS)
                .startedAt(now)
                .updatedAt(now)
                .build());
  }

  /// Every task is as the deployment, or its rollback, wants it.
  static List<Change> completed(
      State state, Service service, DeploymentRecord record, Instant now) {
    if (record.status().ended()) {
      return List.of();
    }
    Status status = record.rollback() == null ? Status.SUCCESSFUL : Status.ROLLBACK_SUCCESSFUL;
    return end(state, service, record, status, record.reason(), now);
  }

  /// The deployment that goes on ends where it is, since something else came.
  static List<Change> cut(State state, Service service, String because, Instant now) {
    DeploymentRecord record = current(state, service);
    if (record == null || record.status().ended()) {
      return List.of();
    }
    boolean reverting = record.status() == Status.ROLLBACK_IN_PROGRESS;
    Status status = reverting ? Status.ROLLBACK_FAILED : Status.STOPPED;
    String what = reverting ? "rollback" : "deployment";
    String reason = "Service " + what + " stopped because " + because + ".";
    return end(state, service, record, status, reason, now);
  }

  /// Ends a record: what is counted of it stays as it is now.
  static List<Change> end(
      State state,
      Service service,
      DeploymentRecord record,
      Status status,
      @Nullable String reason,
      Instant now) {
    DeploymentRecord counted = counted(state, service, record);
    return end(record, counted, status, reason, now);
  }

  /// @param counted the record as it is counted now
  static List<Change> end(
      DeploymentRecord record,
      DeploymentRecord counted,
      Status status,
      @Nullable String reason,
      Instant now) {
    return DeploymentRecords.update(
        record,
        DeploymentRecordBuilder.builder(counted)
            .status(status)
            .reason(reason)
            .startedAt(record.startedAt() == null ? now : record.startedAt())
            .finishedAt(now)
            .updatedAt(now)
            .build());
  }

  /// The record with what stands in other rows while it goes on: counts, settings, failures.
  static DeploymentRecord counted(State state, Service service, DeploymentRecord record) {
    if (record.status().ended()) {
      return record;
    }
    Breaker breaker = Breaker.of(service);
    ServiceDeployment going =
        service.deployments().stream()
            .filter(one -> one.id().equals(record.deploymentId()))
            .findFirst()
            .orElse(null);
    boolean kept = record.rollback() != null;
    Shift shift = going == null ? null : going.shift();
    AlarmWatch alarms = going == null ? null : going.alarms();
    int failures = going == null ? record.failures() : going.failures();
    return DeploymentRecordBuilder.builder(record)
        .target(part(state, service, record.target()))
        .sources(record.sources().stream().map(one -> part(state, service, one)).toList())
        .configuration(configuration(service))
        .failures(record.tripped() ? record.failures() : failures)
        .shift(kept ? record.shift() : shift)
        .alarms(kept ? record.alarms() : alarms)
        .threshold(breaker.threshold())
        .build();
  }

  private static Part part(State state, Service service, Part part) {
    TaskCounts counts = Absence.counts(state, service.key(), part.deploymentId());
    int requested = ServiceShape.requested(service, part.deploymentId(), counts);
    return new Part(
        part.revisionId(), part.deploymentId(), requested, counts.running(), counts.pending());
  }

  private static List<Part> sources(State state, Service before) {
    List<Part> parts = new ArrayList<>();
    for (ServiceDeployment one : before.deployments()) {
      String revision = one.revisionId();
      if (revision != null) {
        parts.add(part(state, before, new Part(revision, one.id(), 0, 0, 0)));
      }
    }
    return parts;
  }

  private static String configuration(Service service) {
    DeploymentConfiguration own = ServiceDocument.of(service).deploymentConfiguration();
    DeploymentConfiguration shown = own == null ? DeploymentConfiguration.builder().build() : own;
    return new String(JsonShapes.write(shown), StandardCharsets.UTF_8);
  }

  private static ServiceRevision revision(Service service, TaskDefinition definition, Call call) {
    List<ContainerImage> images =
        definition.containers().stream()
            .map(
                one ->
                    ContainerImage.builder().containerName(one.name()).image(one.image()).build())
            .toList();
    var document =
        software.amazon.awssdk.services.ecs.model.ServiceRevision.builder()
            .launchType(service.strategy().isEmpty() ? service.launchType() : null)
            .capacityProviderStrategy(StrategyShape.of(service.strategy()))
            .containerImages(images)
            .guardDutyEnabled(false)
            .build();
    return new ServiceRevision(
        service.account(),
        service.region(),
        service.cluster(),
        service.name(),
        Ids.digits19(call.random()),
        definition.family(),
        definition.revision(),
        new String(JsonShapes.write(document), StandardCharsets.UTF_8),
        call.now());
  }

  /// An id of letters, digits, hyphens and underscores.
  static String id(RandomGenerator random, int chars) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < chars; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
