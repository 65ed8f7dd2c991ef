package dev.roadstead.wire.sigv4;

/// How far a signature is believed.
public enum Policy {
  /// For loopback only. A well-formed signature is believed without being verified. A key that
  /// {@link Keys} knows stands for its principal; any other is an account's administrator: a key
  /// id of 12 digits names the account, every other means {@link #DEVELOPMENT_ACCOUNT}.
  DEVELOPMENT,
  /// Every signature is verified.
  VERIFIED;

  /// The account of keys that name none. Emulators of AWS use the same.
  public static final String DEVELOPMENT_ACCOUNT = "000000000000";
}
