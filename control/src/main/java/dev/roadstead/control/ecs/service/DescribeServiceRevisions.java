package dev.roadstead.control.ecs.service;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.table.ServiceRevisions;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/// Describes revisions of services; those that are not there are failures. Source: Amazon ECS API
/// reference, DescribeServiceRevisions.
public final class DescribeServiceRevisions
    implements Read<DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse> {
  @Override
  public DescribeServiceRevisionsResponse answer(
      State state, DescribeServiceRevisionsRequest request, Call call) {
    List<ServiceRevision> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String arn : HistoryArns.all(request.serviceRevisionArns(), "serviceRevisionArns")) {
      String key = HistoryArns.key(call.scope(), arn, HistoryArns.REVISION);
      var row = key == null ? null : state.find(ServiceRevisions.TABLE, key);
      if (row == null) {
        failures.add(HistoryArns.missing(arn));
      } else {
        found.add(DeploymentShape.of(row));
      }
    }
    return DescribeServiceRevisionsResponse.builder()
        .serviceRevisions(found)
        .failures(failures)
        .build();
  }
}
