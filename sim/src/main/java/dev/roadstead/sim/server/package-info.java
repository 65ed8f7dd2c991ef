/// A control-plane process as the server's composition root makes it, stepped by events instead of
/// threads. Start at {@link dev.roadstead.sim.server.SimServer}.
@NullMarked
package dev.roadstead.sim.server;

import org.jspecify.annotations.NullMarked;
