package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Tags;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviderBuilder;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AutoScalingGroupProvider;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.ManagedScaling;
import software.amazon.awssdk.services.ecs.model.ManagedScalingStatus;

/// Creates a capacity provider; one that is ACTIVE with the same settings is returned unchanged.
/// Source: Amazon ECS API reference, CreateCapacityProvider.
public final class CreateCapacityProvider
    implements Write<CreateCapacityProviderRequest, CreateCapacityProviderResponse> {
  /// AWS publishes no figure; each is a few hundred bytes.
  static final int PROVIDERS_MAX = 1000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final List<String> RESERVED = List.of("aws", "ecs", "fargate");

  @Override
  public Decision<CreateCapacityProviderResponse> decide(
      State state, CreateCapacityProviderRequest request, Call call) {
    Scope scope = call.scope();
    if (request.cluster() != null) {
      Clusters.require(state, call.scope(), request.cluster());
    }
    checkName(request.name());
    if (request.managedInstancesProvider() != null || request.cluster() != null) {
      throw EcsErrors.unsupported("managedInstancesProvider");
    }
    if (request.autoScalingGroupProvider() == null) {
      throw EcsErrors.invalidParameter(
          "Specify either autoScalingGroupProvider or managedInstancesProvider.");
    }
    CapacityProvider provider =
        settings(
                CapacityProviderBuilder.builder()
                    .account(scope.account())
                    .region(scope.region())
                    .name(request.name())
                    .status(CapacityProvider.ACTIVE)
                    .updateStatus("CREATE_COMPLETE")
                    .tags(Tags.accept(request.tags()))
                    .createdAt(call.now()),
                Scaling.created(request.autoScalingGroupProvider()))
            .build();
    CapacityProvider before = state.find(CapacityProviders.TABLE, provider.key());
    if (before != null && before.active()) {
      return repeated(before, provider);
    }
    if (state.count(CapacityProviders.BY_SCOPE, scope.key()) >= PROVIDERS_MAX) {
      throw EcsErrors.of(
          "LimitExceededException", "The limit for capacity providers was exceeded.");
    }
    return new Decision<>(List.of(CapacityProviders.put(provider)), answer(provider));
  }

  private static void checkName(@Nullable String name) {
    if (name == null
        || !NAME.matcher(name).matches()
        || RESERVED.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith)) {
      throw EcsErrors.invalidParameter("The specified capacity provider name is invalid");
    }
  }

  private static Decision<CreateCapacityProviderResponse> repeated(
      CapacityProvider before, CapacityProvider asked) {
    if (!before.document().equals(asked.document()) || !before.tags().equals(asked.tags())) {
      throw EcsErrors.client(
          "The specified capacity provider already exists. To change the configuration of an"
              + " existing capacity provider, update the capacity provider.");
    }
    return Decision.unchanged(answer(before));
  }

  /// The row with these settings.
  static CapacityProviderBuilder settings(
      CapacityProviderBuilder row, AutoScalingGroupProvider settings) {
    ManagedScaling scaling = settings.managedScaling();
    return row.document(new String(JsonShapes.write(settings), StandardCharsets.UTF_8))
        .managedScaling(scaling.status() == ManagedScalingStatus.ENABLED)
        .targetCapacity(scaling.targetCapacity())
        .minimumStep(scaling.minimumScalingStepSize())
        .maximumStep(scaling.maximumScalingStepSize());
  }

  private static CreateCapacityProviderResponse answer(CapacityProvider provider) {
    return CreateCapacityProviderResponse.builder()
        .capacityProvider(ProviderShape.of(provider, true))
        .build();
  }
}
