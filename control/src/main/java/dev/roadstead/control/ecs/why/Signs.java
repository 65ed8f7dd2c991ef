package dev.roadstead.control.ecs.why;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the words of agents and container engines mean. Source of the errors' names: ECS developer
/// guide, "Stopped task error messages"; of the words after them: what Docker has been seen to say.
final class Signs {
  /// @param error what the text must hold, in small letters; empty for any
  /// @param words any of which it must hold beside; none for any text
  private record Sign(Reason reason, String error, List<String> words) {
    boolean in(String text) {
      return text.contains(error) && (words.isEmpty() || words.stream().anyMatch(text::contains));
    }
  }

  private static final String PULL = "cannotpull";
  private static final String START = "cannotstart";
  private static final String CREATE = "cannotcreatecontainer";
  private static final List<String> NO_COMMAND =
      List.of("executable file not found", "no such file", "permission denied", "is a directory");
  private static final List<String> PORT =
      List.of("port is already allocated", "address already in use");

  /// The first that is in a text counts.
  private static final List<Sign> SIGNS =
      List.of(
          new Sign(Reason.OUT_OF_MEMORY, "outofmemory", List.of()),
          new Sign(Reason.DISK_FULL, "", List.of("no space left on device")),
          new Sign(
              Reason.WRONG_PLATFORM,
              "",
              List.of("exec format error", "no matching manifest for", "no match for platform")),
          new Sign(
              Reason.RATE_LIMITED,
              PULL,
              List.of("toomanyrequests", "too many requests", "rate limit")),
          new Sign(
              Reason.REGISTRY_UNREACHABLE,
              PULL,
              List.of(
                  "dial tcp",
                  "no such host",
                  "connection refused",
                  "connection reset",
                  "timeout",
                  "deadline exceeded",
                  "unreachable",
                  "x509",
                  "tls:")),
          new Sign(
              Reason.IMAGE_NOT_FOUND,
              PULL,
              List.of(
                  "not found",
                  "manifest unknown",
                  "no such image",
                  "does not exist",
                  "not known",
                  "name unknown",
                  "invalid reference format")),
          new Sign(
              Reason.REGISTRY_REFUSED,
              PULL,
              List.of(
                  "unauthorized", "authentication required", "denied", "forbidden", "no basic")),
          new Sign(Reason.PULL_FAILED, PULL, List.of()),
          new Sign(Reason.DEPENDENCY_UNMET, "", List.of("dependency", "depends on")),
          new Sign(Reason.ENGINE_TIMEOUT, "dockertimeout", List.of()),
          new Sign(
              Reason.CONTAINER_VANISHED,
              "",
              List.of("containervanished", "containerruntimestopped")),
          new Sign(Reason.VOLUME_FAILED, "cannotcreatevolume", List.of()),
          new Sign(Reason.RESOURCES_FAILED, "resourceinitialization", List.of()),
          new Sign(Reason.BAD_COMMAND, START, NO_COMMAND),
          new Sign(Reason.BAD_COMMAND, CREATE, NO_COMMAND),
          new Sign(Reason.PORT_IN_USE, START, PORT),
          new Sign(Reason.NOT_STARTED, START, List.of()),
          new Sign(Reason.NOT_STARTED, CREATE, List.of()));

  private Signs() {}

  /// What a text means, or null when nothing in it is known.
  static @Nullable Reason in(String text) {
    String said = text.toLowerCase(Locale.ROOT);
    for (Sign one : SIGNS) {
      if (one.in(said)) {
        return one.reason();
      }
    }
    return null;
  }
}
