@NullMarked
package dev.roadstead.wire.sigv4;

import org.jspecify.annotations.NullMarked;
