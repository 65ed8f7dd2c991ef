/// Entries on disk: appended in groups with one sync each, checked and replayed at start-up.
/// Files are reached through {@link dev.roadstead.engine.log.Disk} only; tests fail it.
/// Start at {@link dev.roadstead.engine.log.Log}.
@NullMarked
package dev.roadstead.engine.log;

import org.jspecify.annotations.NullMarked;
