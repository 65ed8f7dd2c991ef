/// Test fixtures for every slice. Start at {@link dev.roadstead.control.World}.
@NullMarked
package dev.roadstead.control;

import org.jspecify.annotations.NullMarked;
