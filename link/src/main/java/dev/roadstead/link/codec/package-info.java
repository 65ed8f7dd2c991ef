/// One codec for everything in this room. Unknown message types become Unknown values,
/// unknown fields are dropped, nesting and sizes are bounded. Start at LinkCodec.
@NullMarked
package dev.roadstead.link.codec;

import org.jspecify.annotations.NullMarked;
