@NullMarked
package dev.roadstead.control.node;

import org.jspecify.annotations.NullMarked;
