package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.OperationShape;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.api.ServiceShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds operations by `X-Amz-Target`.
final class Catalogue {
  /// What a target names. The operation is null when it is not built or not in the model.
  record Target(ServiceShape service, String name, @Nullable OperationShape operation) {}

  private record Service(
      ServiceShape shape, Map<String, OperationShape> operations, Set<String> unbuilt) {}

  private final Map<String, Service> services = new HashMap<>();

  Catalogue(List<ServiceShape> shapes) {
    for (ServiceShape shape : shapes) {
      Map<String, OperationShape> operations = new HashMap<>();
      for (OperationShape operation : shape.operations()) {
        operations.put(operation.name(), operation);
      }
      services.put(
          shape.targetPrefix(), new Service(shape, operations, Set.copyOf(shape.unbuilt())));
    }
  }

  /// The target of this header, or null when there is no such service.
  @Nullable Target find(@Nullable String header) {
    int dot = header == null ? -1 : header.lastIndexOf('.');
    Service service = header == null || dot < 0 ? null : services.get(header.substring(0, dot));
    if (header == null || service == null) {
      return null;
    }
    String name = header.substring(dot + 1);
    return new Target(service.shape(), name, service.operations().get(name));
  }

  /// Why a target without operation can't be served.
  Refusal refusal(@Nullable Target target) {
    if (target != null) {
      Service service = services.get(target.service().targetPrefix());
      if (service != null && service.unbuilt().contains(target.name())) {
        return AwsError.client(
                "UnsupportedFeatureException", target.name() + " is not built yet in Roadstead.")
            .refusal();
      }
    }
    return AwsError.client(
            "UnknownOperationException", "The requested operation is not known here.")
        .refusal();
  }
}
