/// Tables of immutable rows: a primary key, indexes, aggregates and due times.
/// Pure. The third-party persistent map is behind this package.
/// Start at {@link dev.roadstead.engine.table.Table}; `engine.root.State` holds them.
@NullMarked
package dev.roadstead.engine.table;

import org.jspecify.annotations.NullMarked;
