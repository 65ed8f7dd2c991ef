/// Seeded failures, each named by `why`.
@NullMarked
package dev.roadstead.control.ecs.why;

import org.jspecify.annotations.NullMarked;
