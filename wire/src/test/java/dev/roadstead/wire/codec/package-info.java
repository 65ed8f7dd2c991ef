@NullMarked
package dev.roadstead.wire.codec;

import org.jspecify.annotations.NullMarked;
