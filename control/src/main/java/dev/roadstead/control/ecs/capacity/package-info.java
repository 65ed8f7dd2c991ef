/// Capacity providers: named groups of container instances, and the strategies that share tasks
/// out among them. Pure. Start at {@link dev.roadstead.control.ecs.capacity.CapacityStrategy}.
@NullMarked
package dev.roadstead.control.ecs.capacity;

import org.jspecify.annotations.NullMarked;
