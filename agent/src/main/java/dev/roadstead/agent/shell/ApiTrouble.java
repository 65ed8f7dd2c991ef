package dev.roadstead.agent.shell;

/// A call to the control plane that did not succeed.
final class ApiTrouble extends Exception {
  private final int status;
  private final String code;

  /// @param status of HTTP; 0 when there was no answer
  /// @param code AWS's error code; empty when there was none
  ApiTrouble(int status, String code, String message) {
    super(code.isEmpty() ? message : code + ": " + message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /// True when the control plane understood and refused: the same call will be refused again.
  boolean refused() {
    return status >= 400 && status < 500 && status != 429 && !code.equals("ThrottlingException");
  }
}
