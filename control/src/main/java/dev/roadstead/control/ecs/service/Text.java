package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.RequestToken;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks of texts in requests about services.
final class Text {
  /// Source: ECS API reference, CreateService, serviceName.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  /// Source: ECS API reference, CreateService, clientToken.
  private static final int TOKEN_CHARS_MAX = 36;

  private Text() {}

  /// One of the values that the model knows.
  static String oneOf(@Nullable String sent, String... known) {
    List<String> values = List.of(known);
    if (sent == null || !values.contains(sent)) {
      throw EcsErrors.invalidParameter(
          sent + " should be one of [" + String.join(",", values) + "]");
    }
    return sent;
  }

  static String serviceName(@Nullable String sent) {
    if (sent == null || sent.isEmpty()) {
      throw EcsErrors.invalidParameter("Service name can not be blank.");
    }
    if (!NAME.matcher(sent).matches()) {
      throw EcsErrors.invalidParameter(
          "Service name must be at most 255 letters, numbers, hyphens and underscores.");
    }
    return sent;
  }

  /// The service that an operation names, unchecked.
  static String service(@Nullable String sent) {
    if (sent == null || sent.isEmpty()) {
      throw EcsErrors.invalidParameter("Service can not be blank.");
    }
    return sent;
  }

  static @Nullable String clientToken(@Nullable String sent) {
    return RequestToken.checked(sent, TOKEN_CHARS_MAX);
  }
}
