@NullMarked
package dev.roadstead.control.ecs.instance;

import org.jspecify.annotations.NullMarked;
