package dev.roadstead.control.node;

/// A secret that every member of the control plane knows.
///
/// @param name what it is for
/// @param hex the secret
public record NodeSecret(String name, String hex) {
  /// Hides the secret.
  @Override
  public String toString() {
    return "NodeSecret[" + name + "]";
  }
}
