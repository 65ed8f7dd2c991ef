@NullMarked
package dev.roadstead.control.node.payload;

import org.jspecify.annotations.NullMarked;
