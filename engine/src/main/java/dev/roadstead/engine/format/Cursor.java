package dev.roadstead.engine.format;

import java.nio.charset.StandardCharsets;

/// Reads blocks out of an array.
final class Cursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  Cursor(byte[] bytes, int at, int end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  boolean hasMore() {
    return at < end;
  }

  int next() {
    if (at >= end) {
      throw new UnreadableData("an entry ends too early");
    }
    return bytes[at++];
  }

  int nextLength() {
    int length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = next();
      length |= (next & 0x7f) << shift;
      if (next >= 0) {
        return length;
      }
    }
    throw new UnreadableData("an entry has a length that is none");
  }

  /// Steps over so many bytes and says where they begin.
  int skip(int length) {
    if (length < 0 || length > end - at) {
      throw new UnreadableData("an entry ends too early");
    }
    int start = at;
    at += length;
    return start;
  }

  String nextText() {
    int length = nextLength();
    int start = skip(length);
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }
}
