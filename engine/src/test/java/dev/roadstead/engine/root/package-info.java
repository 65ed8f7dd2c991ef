@NullMarked
package dev.roadstead.engine.root;

import org.jspecify.annotations.NullMarked;
