@NullMarked
package dev.roadstead.engine.loop;

import org.jspecify.annotations.NullMarked;
