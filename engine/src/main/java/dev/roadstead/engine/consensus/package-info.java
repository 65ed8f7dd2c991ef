/// The port between the writer and what makes its entries durable: a log on one machine, memory in
/// tests, a replicated log later. Start at {@link dev.roadstead.engine.consensus.Consensus}.
@NullMarked
package dev.roadstead.engine.consensus;

import org.jspecify.annotations.NullMarked;
