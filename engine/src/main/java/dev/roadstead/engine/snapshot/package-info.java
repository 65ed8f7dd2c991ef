/// The whole state in one file, so that the log before it can go.
/// Start at {@link dev.roadstead.engine.snapshot.Snapshots}.
@NullMarked
package dev.roadstead.engine.snapshot;

import org.jspecify.annotations.NullMarked;
