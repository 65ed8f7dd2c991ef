@NullMarked
package dev.roadstead.control.ecs.agent;

import org.jspecify.annotations.NullMarked;
