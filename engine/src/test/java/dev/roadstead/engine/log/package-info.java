@NullMarked
package dev.roadstead.engine.log;

import org.jspecify.annotations.NullMarked;
