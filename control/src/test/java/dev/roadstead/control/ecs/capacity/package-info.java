/// Stories and rules of capacity providers.
@NullMarked
package dev.roadstead.control.ecs.capacity;

import org.jspecify.annotations.NullMarked;
