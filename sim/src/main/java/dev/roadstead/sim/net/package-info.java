/// Connections between machines and the server, with delays, cuts and losses. Start at
/// {@link dev.roadstead.sim.net.Net}.
@NullMarked
package dev.roadstead.sim.net;

import org.jspecify.annotations.NullMarked;
