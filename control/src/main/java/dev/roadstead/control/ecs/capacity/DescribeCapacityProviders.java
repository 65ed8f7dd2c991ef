package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.CapacityProvider;
import dev.roadstead.control.ecs.table.CapacityProviders;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CapacityProviderField;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;

/// Describes capacity providers, all that are ACTIVE and the predefined ones when none is named.
/// Source: Amazon ECS API reference, DescribeCapacityProviders.
public final class DescribeCapacityProviders
    implements Read<DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse> {
  static final int NAMED_MAX = 100; // the AWS limit
  static final int PAGE_MAX = 10; // the AWS limit

  @Override
  public DescribeCapacityProvidersResponse answer(
      State state, DescribeCapacityProvidersRequest request, Call call) {
    Scope scope = call.scope();
    if (request.capacityProviders().size() > NAMED_MAX) {
      throw EcsErrors.invalidParameter(
          "Capacity providers cannot have more than " + NAMED_MAX + " elements.");
    }
    if (request.include().contains(CapacityProviderField.UNKNOWN_TO_SDK_VERSION)) {
      throw EcsErrors.invalidParameter("include should be one of [TAGS]");
    }
    boolean withTags = request.include().contains(CapacityProviderField.TAGS);
    Cluster cluster =
        request.cluster() == null ? null : Clusters.require(state, scope, request.cluster());
    List<software.amazon.awssdk.services.ecs.model.CapacityProvider> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    if (request.capacityProviders().isEmpty()) {
      all(state, scope, withTags, found);
    }
    for (String sent : request.capacityProviders()) {
      String name = CapacityProviders.nameOf(sent, scope);
      CapacityProvider provider = CapacityProviders.find(state, scope, name);
      if (CapacityProviders.FARGATE.contains(name)) {
        found.add(ProviderShape.fargate(scope, name));
      } else if (provider != null) {
        found.add(ProviderShape.of(provider, withTags));
      } else {
        String arn =
            sent.startsWith("arn:")
                ? sent
                : scope.arn("ecs", "capacity-provider/" + sent).toString();
        failures.add(Failure.builder().arn(arn).reason("MISSING").build());
      }
    }
    if (cluster != null) {
      found.removeIf(one -> !cluster.capacityProviders().contains(one.name()));
    }
    Page<software.amazon.awssdk.services.ecs.model.CapacityProvider> page =
        page(found, request, cluster);
    return DescribeCapacityProvidersResponse.builder()
        .capacityProviders(page.items())
        .failures(failures)
        .nextToken(page.nextToken())
        .build();
  }

  private static void all(
      State state,
      Scope scope,
      boolean withTags,
      List<software.amazon.awssdk.services.ecs.model.CapacityProvider> found) {
    CapacityProviders.FARGATE.forEach(name -> found.add(ProviderShape.fargate(scope, name)));
    for (CapacityProvider provider : state.rows(CapacityProviders.BY_SCOPE, scope.key())) {
      if (provider.active()) {
        found.add(ProviderShape.of(provider, withTags));
      }
    }
    found.sort(
        Comparator.comparing(
            software.amazon.awssdk.services.ecs.model.CapacityProvider::capacityProviderArn));
  }

  /// Those that are named come at once, in the order of the request; the others in pages.
  private static Page<software.amazon.awssdk.services.ecs.model.CapacityProvider> page(
      List<software.amazon.awssdk.services.ecs.model.CapacityProvider> found,
      DescribeCapacityProvidersRequest request,
      @Nullable Cluster cluster) {
    if (!request.capacityProviders().isEmpty()) {
      return new Page<>(found, null);
    }
    return Paging.page(
        found,
        software.amazon.awssdk.services.ecs.model.CapacityProvider::capacityProviderArn,
        new Paging.Ask(
            "DescribeCapacityProviders|" + (cluster == null ? "" : cluster.name()),
            request.maxResults(),
            request.nextToken(),
            PAGE_MAX,
            PAGE_MAX));
  }
}
