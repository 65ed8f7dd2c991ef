package dev.roadstead.engine.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A file of the log: a header, then frames.
///
/// @param first the position of its first entry, which is also in its name
record Segment(long first) {
  static final int HEADER_BYTES = 16;
  private static final long MAGIC = 0x52_53_4c_4f_47_00_00_01L; // "RSLOG", version 1
  private static final String PREFIX = "log-";

  String name() {
    return "%s%020d".formatted(PREFIX, first);
  }

  static List<Segment> list(Disk disk) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (String name : disk.list()) {
      if (name.matches(PREFIX + "\\d{20}")) {
        segments.add(new Segment(Long.parseLong(name.substring(PREFIX.length()))));
      }
    }
    return segments;
  }

  ByteBuffer header() {
    return ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putLong(first).flip();
  }

  /// Everything in the file.
  byte[] load(Disk disk) throws IOException {
    try (InputStream in = disk.read(name())) {
      return in.readAllBytes();
    }
  }

  /// Whether the file begins as it should.
  boolean hasHeader(ByteBuffer file) {
    return file.limit() >= HEADER_BYTES && file.getLong(0) == MAGIC && file.getLong(8) == first;
  }
}
