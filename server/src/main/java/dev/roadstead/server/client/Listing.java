package dev.roadstead.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A cluster's contents as List and Describe operations tell them, page by page.
///
/// @param name the cluster's name or ARN
public record Listing(Api api, String name) {
  /// No more than this of each kind is shown: a terminal is no place for more.
  static final int SHOWN_MAX = 1000;

  public JsonNode cluster() throws IOException {
    ObjectNode request = Api.object();
    request.putArray("clusters").add(name);
    JsonNode answer = api.call("DescribeClusters", request);
    if (answer.path("clusters").isEmpty()) {
      throw new Api.Refused("ClusterNotFoundException", "There is no cluster `" + name + "`.");
    }
    return answer.path("clusters").get(0);
  }

  public List<JsonNode> instances() throws IOException {
    return all(new Kind("ContainerInstances", "containerInstanceArns", "containerInstances", 100));
  }

  public List<JsonNode> services() throws IOException {
    return all(new Kind("Services", "serviceArns", "services", 10));
  }

  public List<JsonNode> tasks() throws IOException {
    return all(new Kind("Tasks", "taskArns", "tasks", 100));
  }

  /// The integer value of a resource, for example `CPU`; 0 when it is not among them.
  public static int resource(JsonNode resources, String name) {
    for (JsonNode resource : resources) {
      if (resource.path("name").asText().equals(name)) {
        return resource.path("integerValue").asInt();
      }
    }
    return 0;
  }

  // batch: how many ARNs one Describe takes. Source: Amazon ECS API reference.
  private record Kind(String noun, String arns, String member, int batch) {}

  private List<JsonNode> all(Kind kind) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    ObjectNode list = Api.object().put("cluster", name).put("maxResults", kind.batch());
    boolean more = true;
    while (more && rows.size() < SHOWN_MAX) {
      JsonNode page = api.call("List" + kind.noun(), list);
      if (!page.path(kind.arns()).isEmpty()) {
        ObjectNode describe = Api.object().put("cluster", name);
        describe.set(kind.member(), (ArrayNode) page.path(kind.arns()));
        api.call("Describe" + kind.noun(), describe).path(kind.member()).forEach(rows::add);
      }
      more = page.hasNonNull("nextToken");
      list.put("nextToken", page.path("nextToken").asText());
    }
    return rows;
  }
}
