package dev.roadstead.control.ecs.agent;

import dev.roadstead.link.codec.Json;
import dev.roadstead.link.codec.MalformedMessage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What EC2's metadata service says about a machine; every member is absent outside EC2. Its
/// signature is not checked: the caller's own credentials say who may register here.
/// Source: EC2 user guide, "Instance identity documents".
record IdentityDocument(
    @Nullable String instanceId,
    @Nullable String instanceType,
    @Nullable String imageId,
    @Nullable String architecture,
    @Nullable String availabilityZone) {
  /// The document of a registration; empty when it has none, or none that can be read.
  static IdentityDocument parse(@Nullable String text) {
    if (text != null && !text.isBlank()) {
      try {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), IdentityDocument.class);
      } catch (MalformedMessage _) {
        return new IdentityDocument(null, null, null, null, null);
      }
    }
    return new IdentityDocument(null, null, null, null, null);
  }
}
