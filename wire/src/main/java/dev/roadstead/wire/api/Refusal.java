package dev.roadstead.wire.api;

/// A refused request on its way to the caller. A value that travels as an exception: no stack
/// trace, no cause, and nothing to log.
public final class Refusal extends RuntimeException {
  private final transient AwsError error;

  public Refusal(AwsError error) {
    super(error.code() + ": " + error.message(), null, false, false);
    this.error = error;
  }

  public AwsError error() {
    return error;
  }
}
