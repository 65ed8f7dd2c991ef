package dev.roadstead.control.ecs.why;

import java.util.List;
import java.util.stream.Stream;

/// Tasks that are never RUNNING.
final class PullSeeds {
  private static final String FAILED = "\"stopCode\":\"TaskFailedToStart\"";

  private PullSeeds() {}

  private static Seed pull(String name, Reason reason, String said) {
    String text = "CannotPullContainerError: " + said;
    return Seed.of(name, reason, it -> it.join("i1").ended(null, text))
        .says(said, "ran on i1, was never RUNNING")
        .aws(FAILED, "\"stoppedReason\":\"" + text);
  }

  private static Seed start(String name, Reason reason, String said) {
    return Seed.of(name, reason, it -> it.join("i1").ended(null, said))
        .says(said, "stopped by the agent of i1")
        .aws(FAILED, "\"reason\":\"" + said);
  }

  static List<Seed> all() {
    return Stream.of(images(), starts()).flatMap(List::stream).toList();
  }

  private static List<Seed> images() {
    return List.of(
        pull("image not found", Reason.IMAGE_NOT_FOUND, "manifest for b:1 not found")
            .change("Correct or push b."),
        pull("registry refused", Reason.REGISTRY_REFUSED, "unauthorized: authentication required")
            .change("Check the credentials for the registry of b"),
        pull(
                "registry does not answer",
                Reason.REGISTRY_UNREACHABLE,
                "dial tcp: lookup r.example: no such host")
            .change("Check the registry's address"),
        pull("too many pulls", Reason.RATE_LIMITED, "toomanyrequests: You have reached your limit")
            .change("mirror"),
        pull("another pull error", Reason.PULL_FAILED, "unexpected end of stream").change("reason"),
        pull(
                "image for another platform",
                Reason.WRONG_PLATFORM,
                "no matching manifest for linux/arm64/v8 in the manifest list entries")
            .change("Push b for the platform of i1"),
        pull("full disk", Reason.DISK_FULL, "write /var/lib/x: no space left on device")
            .change("Free disk space"),
        start(
                "bad command",
                Reason.BAD_COMMAND,
                "CannotStartContainerError: exec: x: executable file not found in $PATH")
            .change("Correct command"));
  }

  private static List<Seed> starts() {
    return List.of(
        start(
                "container not made",
                Reason.NOT_STARTED,
                "CannotCreateContainerError: mount is not allowed")
            .change("reason"),
        start(
                "volume not made",
                Reason.VOLUME_FAILED,
                "CannotCreateVolumeError: data: no such driver")
            .change("volume"),
        start(
                "engine too slow",
                Reason.ENGINE_TIMEOUT,
                "DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s")
            .change("load"),
        start(
                "dependency never healthy",
                Reason.DEPENDENCY_UNMET,
                "CannotStartContainerError: dependency on container db (HEALTHY) was not met within"
                    + " 30 s of its start")
            .change("waited for"),
        Seed.of(
                "resources not ready",
                Reason.RESOURCES_FAILED,
                it -> it.join("i1").refused("ResourceInitializationError: cannot set the limits"))
            .says("cannot set the limits")
            .aws(FAILED, "\"stoppedReason\":\"ResourceInitializationError: cannot set the limits"),
        Seed.of(
                "agent can never run it",
                Reason.REFUSED_BY_AGENT,
                it ->
                    it.join("i1")
                        .refused(
                            "TaskFailedToStart: RESOURCE:CPU: it needs 9 CPU units, the"
                                + " instance has 8"))
            .says("it needs 9 CPU units, the instance has 8")
            .aws(FAILED, "TaskFailedToStart: RESOURCE:CPU")
            .change("Ask for no more"),
        Seed.of("no word of why", Reason.UNEXPLAINED, it -> it.join("i1").ended(null, null))
            .says("stop code TaskFailedToStart")
            .aws(FAILED, "\"stoppedReason\":\"Task failed to start\"")
            .change("stopped reason"));
  }
}
