package dev.roadstead.engine.loop;

/// A refusal: the decision has more changes than fit in one log entry. Nothing was changed.
public final class EntryTooLarge extends RuntimeException {
  public EntryTooLarge(int bytes, int bytesMax) {
    super("The change takes " + bytes + " bytes; at most " + bytesMax + " are possible at once.");
  }
}
