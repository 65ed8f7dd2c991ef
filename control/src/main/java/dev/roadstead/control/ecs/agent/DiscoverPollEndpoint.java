package dev.roadstead.control.ecs.agent;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.engine.root.State;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.DiscoverPollEndpointRequest;
import software.amazon.awssdk.services.ecs.model.DiscoverPollEndpointResponse;

/// Tells an agent where its sockets are. Agents keep the answer for 12 hours, so it must stay true
/// over restarts. Source: Amazon ECS API reference, DiscoverPollEndpoint.
public final class DiscoverPollEndpoint
    implements Read<DiscoverPollEndpointRequest, DiscoverPollEndpointResponse> {
  /// Agents append `/ws?…`.
  public static final String ACS_PATH = "/acs";

  public static final String TCS_PATH = "/tcs";

  private final UnaryOperator<String> base;

  /// The operation of a control plane that is reached there.
  ///
  /// @param base by the Host of a request, an `http://` or `https://` URL without a path, as its
  ///     sender reaches this control plane
  public DiscoverPollEndpoint(UnaryOperator<String> base) {
    this.base = base;
  }

  @Override
  public DiscoverPollEndpointResponse answer(
      State state, DiscoverPollEndpointRequest request, Call call) {
    String url = base.apply(call.caller().host());
    return DiscoverPollEndpointResponse.builder()
        .endpoint(url + ACS_PATH)
        .telemetryEndpoint(url + TCS_PATH)
        .build();
  }
}
