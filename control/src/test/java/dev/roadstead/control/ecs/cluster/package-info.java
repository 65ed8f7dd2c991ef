@NullMarked
package dev.roadstead.control.ecs.cluster;

import org.jspecify.annotations.NullMarked;
