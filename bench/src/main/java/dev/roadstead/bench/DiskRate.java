package dev.roadstead.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How many times a second the disk can be made to keep a small append, one after another.
final class DiskRate {
  private static final int APPEND_BYTES = 512;
  private static final long NANOS = 2_000_000_000L;

  private DiskRate() {}

  static double measure(Path directory) throws IOException {
    Path file = directory.resolve("fsync-rate");
    ByteBuffer bytes = ByteBuffer.allocateDirect(APPEND_BYTES);
    long start = System.nanoTime();
    int count = 0;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (System.nanoTime() - start < NANOS) {
        channel.write(bytes.clear());
        channel.force(false);
        count++;
      }
    }
    double rate = count * 1e9 / (System.nanoTime() - start);
    Files.delete(file);
    return rate;
  }
}
