package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.table.DeploymentRecord;
import dev.roadstead.control.ecs.table.DeploymentRecords;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;

/// Describes deployments in services' histories; those that are not there are failures. Source:
/// Amazon ECS API reference, DescribeServiceDeployments.
public final class DescribeServiceDeployments
    implements Read<DescribeServiceDeploymentsRequest, DescribeServiceDeploymentsResponse> {
  @Override
  public DescribeServiceDeploymentsResponse answer(
      State state, DescribeServiceDeploymentsRequest request, Call call) {
    List<ServiceDeployment> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String arn : HistoryArns.all(request.serviceDeploymentArns(), "serviceDeploymentArns")) {
      String key = HistoryArns.key(call.scope(), arn, HistoryArns.DEPLOYMENT);
      DeploymentRecord record = key == null ? null : state.find(DeploymentRecords.TABLE, key);
      if (record == null) {
        failures.add(HistoryArns.missing(arn));
      } else {
        found.add(DeploymentShape.of(state, record));
      }
    }
    return DescribeServiceDeploymentsResponse.builder()
        .serviceDeployments(found)
        .failures(failures)
        .build();
  }
}
