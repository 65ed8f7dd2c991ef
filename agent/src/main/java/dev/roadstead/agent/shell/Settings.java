package dev.roadstead.agent.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Settings under the names Amazon's agent gives them, with its defaults.
///
/// @param reservedMemoryMib `ECS_RESERVED_MEMORY`
/// @param reservedPorts `ECS_RESERVED_PORTS`, replaces the default list
/// @param pullBehavior `ECS_IMAGE_PULL_BEHAVIOR`
/// @param portLow first port given to containers without a host port of their own,
///     `ECS_DYNAMIC_HOST_PORT_RANGE`; 0 means as the kernel's ephemeral range
/// @param stoppedTasksMax `ROADSTEAD_STOPPED_TASKS_MAX`: stopped tasks whose containers are kept
@RecordBuilder
public record Settings(
    int reservedMemoryMib,
    List<Integer> reservedPorts,
    List<Integer> reservedPortsUdp,
    Duration stopTimeout,
    Duration cleanupWait,
    int stoppedTasksMax,
    PullBehavior pullBehavior,
    int portLow,
    int portHigh,
    List<String> logDrivers,
    boolean disableMetrics,
    boolean imageCleanup,
    Duration imageCleanupInterval,
    Duration imageMinimumAge,
    int imagesPerCleanup,
    Map<String, String> attributes,
    Map<String, String> tags) {
  /// When images are fetched.
  public enum PullBehavior {
    DEFAULT,
    ALWAYS,
    ONCE,
    PREFER_CACHED
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  /// The kernel's default for net.ipv4.ip_local_port_range.
  private static final int EPHEMERAL_LOW = 32768;

  private static final int EPHEMERAL_HIGH = 60999;

  /// The containers of 100 tasks of ten containers are still listed within a second.
  private static final int STOPPED_TASKS_MAX = 100;

  /// Throws IllegalArgumentException that names the setting.
  public static Settings of(Map<String, String> environment) {
    var env = new TreeMap<>(environment);
    PullBehavior pull =
        PullBehavior.valueOf(
            env.getOrDefault("ECS_IMAGE_PULL_BEHAVIOR", "default")
                .toUpperCase(Locale.ROOT)
                .replace('-', '_'));
    String[] range =
        env.getOrDefault("ECS_DYNAMIC_HOST_PORT_RANGE", EPHEMERAL_LOW + "-" + EPHEMERAL_HIGH)
            .split("-", 2);
    boolean cleanup = !flag(env, "ECS_DISABLE_IMAGE_CLEANUP");
    return new Settings(
        number(env, "ECS_RESERVED_MEMORY", 0),
        ports(env, "ECS_RESERVED_PORTS", List.of(22, 2375, 2376, 51678, 51679)),
        ports(env, "ECS_RESERVED_PORTS_UDP", List.of()),
        atLeast(duration(env, "ECS_CONTAINER_STOP_TIMEOUT", Duration.ofSeconds(30)), 1),
        atLeast(duration(env, "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", Duration.ofHours(3)), 1),
        number(env, "ROADSTEAD_STOPPED_TASKS_MAX", STOPPED_TASKS_MAX),
        pull,
        Integer.parseInt(range[0]),
        Integer.parseInt(range[range.length - 1]),
        texts(env, "ECS_AVAILABLE_LOGGING_DRIVERS", List.of("json-file", "none")),
        flag(env, "ECS_DISABLE_METRICS"),
        cleanup && pull != PullBehavior.PREFER_CACHED,
        duration(env, "ECS_IMAGE_CLEANUP_INTERVAL", Duration.ofMinutes(30)),
        duration(env, "ECS_IMAGE_MINIMUM_CLEANUP_AGE", Duration.ofHours(1)),
        number(env, "ECS_NUM_IMAGES_DELETE_PER_CYCLE", 5),
        map(env, "ECS_INSTANCE_ATTRIBUTES"),
        map(env, "ECS_CONTAINER_INSTANCE_TAGS"));
  }

  private static Duration atLeast(Duration value, int seconds) {
    Duration least = Duration.ofSeconds(seconds);
    return value.compareTo(least) < 0 ? least : value;
  }

  private static boolean flag(Map<String, String> env, String name) {
    return "true".equalsIgnoreCase(env.getOrDefault(name, "false"));
  }

  private static int number(Map<String, String> env, String name, int otherwise) {
    String text = env.get(name);
    try {
      return text == null ? otherwise : Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is no number", e);
    }
  }

  /// Go's notation, `1h30m`, `90s`, `500ms`.
  private static Duration duration(Map<String, String> env, String name, Duration otherwise) {
    String text = env.get(name);
    if (text == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(text.strip());
    if (text.isBlank() || !matcher.matches()) {
      throw new IllegalArgumentException(name + " is no duration such as 1h30m or 90s");
    }
    return Duration.ofHours(group(matcher, 1))
        .plusMinutes(group(matcher, 2))
        .plusSeconds(group(matcher, 3))
        .plusMillis(group(matcher, 4));
  }

  private static long group(Matcher matcher, int group) {
    @Nullable String text = matcher.group(group);
    return text == null ? 0 : Long.parseLong(text);
  }

  private static List<Integer> ports(
      Map<String, String> env, String name, List<Integer> otherwise) {
    String text = env.get(name);
    return text == null ? otherwise : json(name, text, new TypeReference<List<Integer>>() {});
  }

  private static List<String> texts(Map<String, String> env, String name, List<String> otherwise) {
    String text = env.get(name);
    return text == null ? otherwise : json(name, text, new TypeReference<List<String>>() {});
  }

  private static Map<String, String> map(Map<String, String> env, String name) {
    String text = env.get(name);
    return text == null
        ? Map.of()
        : json(name, text, new TypeReference<TreeMap<String, String>>() {});
  }

  private static <T> T json(String name, String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + " is no JSON of the right kind", e);
    }
  }
}
