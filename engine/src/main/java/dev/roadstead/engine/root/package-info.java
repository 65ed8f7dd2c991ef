/// The picture of all tables at a log position. Immutable; shared freely between threads.
/// Start at {@link dev.roadstead.engine.root.State}.
@NullMarked
package dev.roadstead.engine.root;

import org.jspecify.annotations.NullMarked;
