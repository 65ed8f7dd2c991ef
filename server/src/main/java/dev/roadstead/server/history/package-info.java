/// Stopped tasks whose rows are gone, in an index on this machine's disk. Lucene lives here alone.
@NullMarked
package dev.roadstead.server.history;

import org.jspecify.annotations.NullMarked;
