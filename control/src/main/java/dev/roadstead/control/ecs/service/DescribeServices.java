package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.ClusterResource;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.Cluster;
import dev.roadstead.control.ecs.table.Clusters;
import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.control.ecs.table.Services;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/// Describes services of any status; those that are not there are failures. Source: Amazon ECS API
/// reference, DescribeServices.
public final class DescribeServices
    implements Read<DescribeServicesRequest, DescribeServicesResponse> {
  static final int SERVICES_MAX = 10; // the AWS limit

  @Override
  public DescribeServicesResponse answer(State state, DescribeServicesRequest request, Call call) {
    Cluster cluster = Clusters.require(state, call.scope(), request.cluster());
    if (request.services().isEmpty()) {
      throw EcsErrors.invalidParameter("Services cannot be empty.");
    }
    if (request.services().size() > SERVICES_MAX) {
      throw EcsErrors.invalidParameter(
          "Services cannot have more than " + SERVICES_MAX + " elements.");
    }
    for (String one : request.includeAsStrings()) {
      Text.oneOf(one, "TAGS");
    }
    boolean withTags = request.include().contains(ServiceField.TAGS);
    List<software.amazon.awssdk.services.ecs.model.Service> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String nameOrArn : request.services()) {
      Service service = Services.find(state, call.scope(), cluster.name(), nameOrArn);
      if (service == null) {
        String arn = new ClusterResource(call.scope(), "service", cluster.name(), nameOrArn).arn();
        failures.add(Failure.builder().arn(arn).reason("MISSING").build());
      } else {
        found.add(ServiceShape.of(state, service, withTags));
      }
    }
    return DescribeServicesResponse.builder().services(found).failures(failures).build();
  }
}
