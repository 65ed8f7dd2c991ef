@NullMarked
package dev.roadstead.engine.snapshot;

import org.jspecify.annotations.NullMarked;
