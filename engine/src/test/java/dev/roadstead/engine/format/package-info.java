@NullMarked
package dev.roadstead.engine.format;

import org.jspecify.annotations.NullMarked;
