package dev.roadstead.engine.consensus;

import dev.roadstead.engine.log.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A trial write of a file that is deleted again.
final class Probe {
  /// Enough that a success is not the last of the space.
  static final int BYTES = 1 << 20;

  private static final String NAME = "probe";

  private Probe() {}

  static void write(Disk disk) throws IOException {
    try (Disk.Appender file = disk.append(NAME)) {
      file.truncate(0);
      file.write(ByteBuffer.allocate(BYTES));
      file.force();
    } finally {
      disk.delete(NAME);
    }
  }
}
