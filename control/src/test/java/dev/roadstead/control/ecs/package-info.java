/// Laws that hold over all operations of ECS together. Start at
/// {@link dev.roadstead.control.ecs.RandomOperationsTest}.
@NullMarked
package dev.roadstead.control.ecs;

import org.jspecify.annotations.NullMarked;
