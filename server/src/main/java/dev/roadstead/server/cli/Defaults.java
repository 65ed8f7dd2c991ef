package dev.roadstead.server.cli;

import java.nio.file.Path;

/// What the commands assume when an option is not given.
final class Defaults {
  static final String DATA = ".roadstead";
  static final int PORT = 4566;

  private Defaults() {}

  static Path data() {
    return Path.of(System.getProperty("user.home"), DATA);
  }
}
