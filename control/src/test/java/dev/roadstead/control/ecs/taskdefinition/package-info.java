/// Tests of task definitions.
@NullMarked
package dev.roadstead.control.ecs.taskdefinition;

import org.jspecify.annotations.NullMarked;
