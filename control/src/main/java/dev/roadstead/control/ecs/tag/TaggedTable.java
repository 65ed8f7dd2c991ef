package dev.roadstead.control.ecs.tag;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.Tag;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A kind of resource that can be tagged.
///
/// @param resourceType as in its ARNs, for example `service`
/// @param clustered whether the ARN's path starts with a cluster's name
public record TaggedTable<R extends Record>(
    String resourceType, boolean clustered, Finder<R> finder, Tagging<R> tagging) {
  /// Finds the row of an ARN of the caller's account and region; null when there is none that can
  /// have tags.
  @FunctionalInterface
  public interface Finder<R> {
    @Nullable R find(State state, Scope scope, Arn arn);
  }

  /// Reads and replaces a row's tags.
  public interface Tagging<R> {
    List<Tag> tags(R row);

    /// The changes that make these its tags. Refuses when it can have no others any more.
    List<Change> with(R row, List<Tag> tags);
  }

  /// A row found, of whatever kind.
  Tagged tagged(R row) {
    return new Tagged() {
      @Override
      public List<Tag> tags() {
        return tagging.tags(row);
      }

      @Override
      public List<Change> with(List<Tag> tags) {
        return tags.equals(tagging.tags(row)) ? List.of() : tagging.with(row, tags);
      }
    };
  }

  /// The row of an ARN; null when there is none.
  @Nullable Tagged find(State state, Scope scope, Arn arn) {
    R row = finder.find(state, scope, arn);
    return row == null ? null : tagged(row);
  }

  /// A resource and its tags.
  interface Tagged {
    List<Tag> tags();

    List<Change> with(List<Tag> tags);
  }
}
