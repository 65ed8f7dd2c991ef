package dev.roadstead.control.ecs.why;

import java.util.List;

/// Tasks that end by themselves.
final class EndSeeds {
  private static final String EXIT = "\"stopCode\":\"EssentialContainerExited\"";

  private EndSeeds() {}

  static List<Seed> all() {
    return List.of(
        Seed.of("essential exit", Reason.EXITED, it -> it.join("i1").ended(3, null))
            .says("container a (b): STOPPED, exit code 3", "stopped by its essential container")
            .aws(EXIT, "\"exitCode\":3", "Essential container in task exited")
            .change("See the log of container a on i1"),
        Seed.of("finished", Reason.FINISHED, it -> it.join("i1").ended(0, null))
            .says("exit code 0")
            .aws(EXIT, "\"exitCode\":0")
            .change("Run"),
        Seed.of(
                "command not found in a shell",
                Reason.BAD_COMMAND,
                it -> it.join("i1").ended(127, null))
            .says("exit code 127 (the command is not found)")
            .aws(EXIT, "\"exitCode\":127")
            .change("Correct command"),
        Seed.of("crashed", Reason.KILLED, it -> it.join("i1").ended(139, null))
            .says("exit code 139 (SIGSEGV: it crashed)")
            .aws(EXIT, "\"exitCode\":139")
            .change("See the log of container a on i1"),
        Seed.of(
                "out of memory",
                Reason.OUT_OF_MEMORY,
                it ->
                    it.join("i1")
                        .ended(137, "OutOfMemoryError: Container killed due to memory usage"))
            .says("exit code 137 (SIGKILL: it was killed), OutOfMemoryError")
            .aws(EXIT, "\"exitCode\":137", "OutOfMemoryError: Container killed due to memory usage")
            .change("Raise the memory of container a above 2048 MiB"),
        Seed.of(
                "container vanished",
                Reason.CONTAINER_VANISHED,
                it ->
                    it.join("i1")
                        .ended(
                            null, "ContainerVanishedError: No container matching saved ID found"))
            .says("ContainerVanishedError")
            .aws("ContainerVanishedError: No container matching saved ID found")
            .change("Find what removes containers"));
  }
}
