/// A disk that forgets what was not forced, tears writes, and fills up.
@NullMarked
package dev.roadstead.sim.disk;

import org.jspecify.annotations.NullMarked;
