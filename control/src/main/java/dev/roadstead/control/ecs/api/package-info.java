/// What all of ECS's operations share: error texts, ARNs, names, pages, tags.
/// Pure. Start at {@link dev.roadstead.control.ecs.api.EcsErrors}.
@NullMarked
package dev.roadstead.control.ecs.api;

import org.jspecify.annotations.NullMarked;
