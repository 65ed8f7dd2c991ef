package dev.roadstead.engine.loop;

import org.jspecify.annotations.Nullable;

/// Nothing can be written now (disk full or failing, or shutting down); reading goes on. The change
/// was not made, or will not be seen before a restart; trying again later is safe for the engine.
public final class NotWritable extends RuntimeException {
  public NotWritable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
