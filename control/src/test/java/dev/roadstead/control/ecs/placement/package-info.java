/// Tests of placement, and a small cluster to place into.
@NullMarked
package dev.roadstead.control.ecs.placement;

import org.jspecify.annotations.NullMarked;
