package dev.roadstead.control.ecs.taskdefinition.rule;

/// The pairs of CPU and memory that AWS Fargate offers. Source: ECS developer guide, "Amazon ECS
/// task definition differences for Fargate", task CPU and memory.
final class FargateSizes {
  private static final int WINDOWS_CPU_UNITS_MIN = 1024;
  private static final int WINDOWS_CPU_UNITS_MAX = 4096;

  private FargateSizes() {}

  /// CPU in units, memory in MiB.
  static boolean exists(int cpu, int memory, boolean windows) {
    if (windows && (cpu < WINDOWS_CPU_UNITS_MIN || cpu > WINDOWS_CPU_UNITS_MAX)) {
      return false;
    }
    return switch (cpu) {
      case 256 -> memory == 512 || memory == 1024 || memory == 2048;
      case 512 -> stepped(memory, 1024, 4096, 1024);
      case 1024 -> stepped(memory, 2048, 8192, 1024);
      case 2048 -> stepped(memory, 4096, 16_384, 1024);
      case 4096 -> stepped(memory, 8192, 30_720, 1024);
      case 8192 -> stepped(memory, 16_384, 61_440, 4096);
      case 16_384 -> stepped(memory, 32_768, 122_880, 8192);
      case 32_768 -> memory == 61_440 || memory == 122_880 || memory == 249_856;
      default -> false;
    };
  }

  private static boolean stepped(int memory, int least, int most, int step) {
    return memory >= least && memory <= most && (memory - least) % step == 0;
  }
}
