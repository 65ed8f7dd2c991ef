package dev.roadstead.control.ecs.table;

/// The counter of a family of task definitions: revisions are never used again.
///
/// @param lastRevision the highest revision ever registered
public record Family(String account, String region, String name, int lastRevision) {
  public String key() {
    return account + "/" + region + "/" + name;
  }
}
