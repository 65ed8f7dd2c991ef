package dev.roadstead.control.ecs.service;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.root.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Failure;

/// ARNs of service deployments and revisions in requests: `TYPE/CLUSTER/SERVICE/ID`.
final class HistoryArns {
  static final String DEPLOYMENT = "service-deployment";
  static final String REVISION = "service-revision";

  private static final int MAX = 20; // the AWS limit

  private HistoryArns() {}

  /// What was sent, if it is neither nothing nor too much.
  static List<String> all(List<String> sent, String member) {
    if (sent.isEmpty()) {
      throw EcsErrors.invalidParameter(member + " cannot be empty.");
    }
    if (sent.size() > MAX) {
      throw EcsErrors.invalidParameter(member + " cannot have more than " + MAX + " elements.");
    }
    return sent;
  }

  /// The key of the row that an ARN names; null when it names another account's or region's.
  /// Refuses what is no such ARN with InvalidParameterException.
  static @Nullable String key(Scope scope, @Nullable String text, String type) {
    Arn arn = Arn.parse(text);
    if (arn == null || !arn.service().equals("ecs") || !arn.resourceType().equals(type)) {
      throw EcsErrors.invalidParameter("Invalid " + type.replace('-', ' ') + " ARN.");
    }
    return arn.account().equals(scope.account()) && arn.region().equals(scope.region())
        ? scope.key(arn.resourcePath())
        : null;
  }

  /// A service deployment and its service.
  record Deployment(DeploymentRecord record, Service service) {}

  /// The service deployment of that ARN. Refuses with ServiceDeploymentNotFoundException when it or
  /// its service is not there, and as {@link #key} does.
  static Deployment deployment(State state, Scope scope, @Nullable String arn) {
    String key = key(scope, arn, DEPLOYMENT);
    DeploymentRecord record = key == null ? null : state.find(DeploymentRecords.TABLE, key);
    Service service = record == null ? null : state.find(Services.TABLE, record.serviceKey());
    if (record == null || service == null) {
      throw EcsErrors.of(
          "ServiceDeploymentNotFoundException", "The service deployment was not found.");
    }
    return new Deployment(record, service);
  }

  static Failure missing(String arn) {
    return Failure.builder().arn(arn).reason("MISSING").build();
  }
}
