/// Round trips and bounds of the codec.
@NullMarked
package dev.roadstead.link.codec;

import org.jspecify.annotations.NullMarked;
