/// Tests.
@NullMarked
package dev.roadstead.control.ecs.api;

import org.jspecify.annotations.NullMarked;
