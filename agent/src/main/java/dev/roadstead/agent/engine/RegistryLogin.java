package dev.roadstead.agent.engine;

/// Credentials for one pull.
public record RegistryLogin(String server, String user, String password) {
  /// Hides the password.
  @Override
  public String toString() {
    return "RegistryLogin[" + server + ", " + user + "]";
  }
}
