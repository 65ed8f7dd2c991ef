/// Tests.
@NullMarked
package dev.roadstead.control.ecs.setting;

import org.jspecify.annotations.NullMarked;
