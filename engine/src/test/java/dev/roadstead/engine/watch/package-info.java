@NullMarked
package dev.roadstead.engine.watch;

import org.jspecify.annotations.NullMarked;
