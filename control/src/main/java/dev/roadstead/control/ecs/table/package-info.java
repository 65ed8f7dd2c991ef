/// ECS's rows and tables. The plural class of a table is the only maker of its rows' changes.
/// Apart from the operations so that these may read each other's tables without a cycle.
/// Pure. Start at {@link dev.roadstead.control.ecs.table.Tasks}.
@NullMarked
package dev.roadstead.control.ecs.table;

import org.jspecify.annotations.NullMarked;
