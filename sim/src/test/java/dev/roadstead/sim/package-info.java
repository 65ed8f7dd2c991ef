@NullMarked
package dev.roadstead.sim;

import org.jspecify.annotations.NullMarked;
