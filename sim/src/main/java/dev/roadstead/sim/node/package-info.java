/// A machine: a container engine, an agent around the real core, what the agent remembers. Start at
/// {@link dev.roadstead.sim.node.Machine}.
@NullMarked
package dev.roadstead.sim.node;

import org.jspecify.annotations.NullMarked;
