/// Wiring in plain Java: engine, services, listener, agent. The only package that sees every room.
/// Start at {@link dev.roadstead.server.boot.ControlPlane}.
@NullMarked
package dev.roadstead.server.boot;

import org.jspecify.annotations.NullMarked;
