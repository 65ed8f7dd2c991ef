/// Amazon ECS: the list of its operations, tables and controllers.
/// Start at {@link dev.roadstead.control.ecs.EcsService}.
@NullMarked
package dev.roadstead.control.ecs;

import org.jspecify.annotations.NullMarked;
