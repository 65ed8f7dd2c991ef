/// Load generators: they run a built Roadstead as processes and print one JSON line per figure.
/// Measures only; whether answers are right is for tests.
/// Start at {@link dev.roadstead.bench.Main}.
@NullMarked
package dev.roadstead.bench;

import org.jspecify.annotations.NullMarked;
