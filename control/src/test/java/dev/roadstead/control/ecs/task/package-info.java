@NullMarked
package dev.roadstead.control.ecs.task;

import org.jspecify.annotations.NullMarked;
