/// Tests.
@NullMarked
package dev.roadstead.control.ecs.tag;

import org.jspecify.annotations.NullMarked;
