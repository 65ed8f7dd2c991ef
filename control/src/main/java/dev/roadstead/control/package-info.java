/// The control plane: slices by AWS service. No threads, clocks or sockets.
/// Start at {@link dev.roadstead.control.Services}.
@NullMarked
package dev.roadstead.control;

import org.jspecify.annotations.NullMarked;
