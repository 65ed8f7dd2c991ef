package dev.roadstead.control.ecs.why;

import dev.roadstead.wire.codec.JsonShapes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/// The public API as `why` asks it. What is not there is null, or left out of a list.
public final class Ecs {
  /// Twice the largest cluster that a control plane is measured with.
  static final int INSTANCES_MAX = 20_000;

  private static final int BATCH = 100; // the AWS limit of the operations used

  private final Wire wire;

  /// How an operation is performed.
  @FunctionalInterface
  public interface Wire {
    /// Performs one.
    ///
    /// @param operation AWS's name, for example `DescribeTasks`
    /// @param request JSON
    /// @return the answer's JSON; null when it was refused because something is not found
    byte @Nullable [] call(String operation, byte[] request) throws IOException;
  }

  public Ecs(Wire wire) {
    this.wire = wire;
  }

  @Nullable Cluster cluster(String name) throws IOException {
    var answer = DescribeClustersResponse.builder();
    ask("DescribeClusters", DescribeClustersRequest.builder().clusters(name).build(), answer);
    List<Cluster> found = answer.build().clusters();
    return found.isEmpty() ? null : found.getFirst();
  }

  @Nullable Service service(String cluster, String name) throws IOException {
    var answer = DescribeServicesResponse.builder();
    ask(
        "DescribeServices",
        DescribeServicesRequest.builder().cluster(cluster).services(name).build(),
        answer);
    List<Service> found = answer.build().services();
    return found.isEmpty() ? null : found.getFirst();
  }

  @Nullable Task task(String cluster, String id) throws IOException {
    List<Task> found = tasks(cluster, List.of(id));
    return found.isEmpty() ? null : found.getFirst();
  }

  /// At most a hundred tasks.
  private List<Task> tasks(String cluster, List<String> ids) throws IOException {
    if (ids.isEmpty()) {
      return List.of();
    }
    var answer = DescribeTasksResponse.builder();
    ask(
        "DescribeTasks",
        DescribeTasksRequest.builder().cluster(cluster).tasks(ids).build(),
        answer);
    return answer.build().tasks();
  }

  /// The first hundred tasks of a service.
  ///
  /// @param desired `RUNNING` or `STOPPED`
  List<Task> tasks(String cluster, String service, String desired) throws IOException {
    var answer = ListTasksResponse.builder();
    ask(
        "ListTasks",
        ListTasksRequest.builder()
            .cluster(cluster)
            .serviceName(service)
            .desiredStatus(desired)
            .build(),
        answer);
    return tasks(cluster, answer.build().taskArns());
  }

  @Nullable ContainerInstance instance(String cluster, String id) throws IOException {
    List<ContainerInstance> found = instances(cluster, List.of(id));
    return found.isEmpty() ? null : found.getFirst();
  }

  /// Every instance of a cluster that a query matches.
  ///
  /// @param filter in the cluster query language; null for all
  List<String> instanceArns(String cluster, @Nullable String filter) throws IOException {
    List<String> arns = new ArrayList<>();
    String next = null;
    do {
      var answer = ListContainerInstancesResponse.builder();
      ask(
          "ListContainerInstances",
          ListContainerInstancesRequest.builder()
              .cluster(cluster)
              .filter(filter)
              .nextToken(next)
              .build(),
          answer);
      arns.addAll(answer.build().containerInstanceArns());
      next = answer.build().nextToken();
    } while (next != null && arns.size() < INSTANCES_MAX);
    return arns;
  }

  List<ContainerInstance> instances(String cluster, List<String> arns) throws IOException {
    List<ContainerInstance> all = new ArrayList<>();
    for (int from = 0; from < arns.size(); from += BATCH) {
      var answer = DescribeContainerInstancesResponse.builder();
      ask(
          "DescribeContainerInstances",
          DescribeContainerInstancesRequest.builder()
              .cluster(cluster)
              .containerInstances(arns.subList(from, Math.min(arns.size(), from + BATCH)))
              .build(),
          answer);
      all.addAll(answer.build().containerInstances());
    }
    return all;
  }

  @Nullable TaskDefinition definition(String arn) throws IOException {
    var answer = DescribeTaskDefinitionResponse.builder();
    ask(
        "DescribeTaskDefinition",
        DescribeTaskDefinitionRequest.builder().taskDefinition(arn).build(),
        answer);
    return answer.build().taskDefinition();
  }

  private void ask(String operation, SdkPojo request, SdkPojo answer) throws IOException {
    byte[] json = wire.call(operation, JsonShapes.write(request));
    if (json != null) {
      JsonShapes.fill(json, answer);
    }
  }
}
