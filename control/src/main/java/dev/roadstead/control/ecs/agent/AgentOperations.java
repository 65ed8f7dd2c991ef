package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.api.Entry;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DiscoverPollEndpointRequest;
import software.amazon.awssdk.services.ecs.model.SubmitAttachmentStateChangesRequest;
import software.amazon.awssdk.services.ecs.model.SubmitContainerStateChangeRequest;
import software.amazon.awssdk.services.ecs.model.SubmitTaskStateChangeRequest;

/// The operations of this package, for the catalogue.
public final class AgentOperations {
  private AgentOperations() {}

  /// Every operation.
  ///
  /// @param base by the Host of a request, an `http://` or `https://` URL without a path, as its
  ///     sender reaches this control plane
  public static List<Entry> entries(UnaryOperator<String> base) {
    return List.of(
        Entry.of(
            "DeregisterContainerInstance",
            DeregisterContainerInstanceRequest::builder,
            new DeregisterContainerInstance()),
        Entry.of(
            "DiscoverPollEndpoint",
            DiscoverPollEndpointRequest::builder,
            new DiscoverPollEndpoint(base)),
        Entry.of(
            "RegisterContainerInstance", AgentRegistration::new, new RegisterContainerInstance()),
        Entry.partial(
            "SubmitAttachmentStateChanges",
            SubmitAttachmentStateChangesRequest::builder,
            new SubmitAttachmentStateChanges(),
            "attachments are acknowledged and not kept"),
        Entry.of(
            "SubmitContainerStateChange",
            SubmitContainerStateChangeRequest::builder,
            new SubmitContainerStateChange()),
        Entry.partial(
            "SubmitTaskStateChange",
            SubmitTaskStateChangeRequest::builder,
            new SubmitTaskStateChange(),
            "attachments and managed agents are acknowledged and not kept"));
  }
}
