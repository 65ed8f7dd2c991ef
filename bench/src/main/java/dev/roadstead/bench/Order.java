package dev.roadstead.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What of a message from the control plane a fake agent looks at, read without building the rest.
final class Order {
  private static final JsonFactory JSON = new JsonFactory();

  /// A task of a payload.
  static final class Work {
    String arn = "";
    String desiredStatus = "";
    final List<String> containers = new ArrayList<>();
  }

  String type = "";
  String messageId = "";
  String cluster = "";
  String instance = "";
  final List<Work> tasks = new ArrayList<>();

  static Order read(byte[] bytes, int offset, int length) throws IOException {
    Order order = new Order();
    try (JsonParser in = JSON.createParser(bytes, offset, length)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "type" -> order.type = in.getText();
          case "message" -> order.message(in);
          default -> in.skipChildren();
        }
      }
    }
    return order;
  }

  private void message(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      switch (name) {
        case "messageId" -> messageId = in.getText();
        case "clusterArn" -> cluster = in.getText();
        case "containerInstanceArn" -> instance = in.getText();
        case "tasks" -> {
          while (value == JsonToken.START_ARRAY && in.nextToken() == JsonToken.START_OBJECT) {
            tasks.add(task(in));
          }
        }
        default -> in.skipChildren();
      }
    }
  }

  private static Work task(JsonParser in) throws IOException {
    Work work = new Work();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "arn" -> work.arn = in.getText();
        case "desiredStatus" -> work.desiredStatus = in.getText();
        case "containers" -> {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            container(in, work);
          }
        }
        default -> in.skipChildren();
      }
    }
    return work;
  }

  private static void container(JsonParser in, Work work) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      if (name.equals("name")) {
        work.containers.add(in.getText());
      } else {
        in.skipChildren();
      }
    }
  }
}
