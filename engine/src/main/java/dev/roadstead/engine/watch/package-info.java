/// What changed since a position: the latest commits, kept in memory for those who follow.
/// Start at {@link dev.roadstead.engine.watch.Feed}.
@NullMarked
package dev.roadstead.engine.watch;

import org.jspecify.annotations.NullMarked;
