/// Virtual time: what happens next, and what happened. Start at
/// {@link dev.roadstead.sim.time.Timeline}.
@NullMarked
package dev.roadstead.sim.time;

import org.jspecify.annotations.NullMarked;
