package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Service;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;

/// The members of the model's Service that are stored and reported as they were sent.
final class ServiceDocument {
  private ServiceDocument() {}

  static software.amazon.awssdk.services.ecs.model.Service of(Service service) {
    return JsonShapes.read(
        service.document().getBytes(StandardCharsets.UTF_8),
        software.amazon.awssdk.services.ecs.model.Service.builder());
  }

  static String json(software.amazon.awssdk.services.ecs.model.Service document) {
    return new String(JsonShapes.write(document), StandardCharsets.UTF_8);
  }
}
