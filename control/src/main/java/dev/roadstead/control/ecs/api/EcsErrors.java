package dev.roadstead.control.ecs.api;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;

/// ECS's errors with AWS's texts. Source: Amazon ECS API reference, "Common errors" and the errors
/// of each action; texts as observed from the service.
public final class EcsErrors {
  private EcsErrors() {}

  public static Refusal invalidParameter(String message) {
    return AwsError.client("InvalidParameterException", message).refusal();
  }

  public static Refusal client(String message) {
    return AwsError.client("ClientException", message).refusal();
  }

  public static Refusal of(String code, String message) {
    return AwsError.client(code, message).refusal();
  }

  public static Refusal clusterNotFound() {
    return of("ClusterNotFoundException", "Cluster not found.");
  }

  public static Refusal clusterInactive() {
    return of("ClusterNotFoundException", "The referenced cluster was inactive.");
  }

  public static Refusal serviceNotFound() {
    return of("ServiceNotFoundException", "Service not found.");
  }

  public static Refusal unsupported(String what) {
    return of("UnsupportedFeatureException", what + " is not supported yet by Roadstead.");
  }
}
