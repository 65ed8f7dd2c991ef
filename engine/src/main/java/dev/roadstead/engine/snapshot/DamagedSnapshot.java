package dev.roadstead.engine.snapshot;

import java.io.IOException;

/// The file is not whole, or not what was written.
final class DamagedSnapshot extends IOException {
  private final String detail;

  DamagedSnapshot(String detail) {
    super(detail);
    this.detail = detail;
  }

  String detail() {
    return detail;
  }
}
