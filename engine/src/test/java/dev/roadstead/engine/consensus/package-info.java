@NullMarked
package dev.roadstead.engine.consensus;

import org.jspecify.annotations.NullMarked;
