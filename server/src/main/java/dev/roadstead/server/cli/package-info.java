/// The commands of `./roadstead`: options in, sentences and exit codes out. Exit codes: 0 good, 1
/// failed, 2 wrong use or something missing. Start at {@link dev.roadstead.server.cli.Main}.
@NullMarked
package dev.roadstead.server.cli;

import org.jspecify.annotations.NullMarked;
