package dev.roadstead.engine.loop;

/// The queue to the writer is full: the caller should slow down and try again.
public final class Overloaded extends RuntimeException {
  public Overloaded(int waiting) {
    super("Too many changes are waiting (" + waiting + "). Try again later.");
  }
}
