/// The whole system in one thread under virtual time, with faults, from one seed: the real control
/// plane, engine and agent core over a scripted disk, network and container engine. For finding
/// what only a rare order of events shows. Start at {@link dev.roadstead.sim.Simulation}.
@NullMarked
package dev.roadstead.sim;

import org.jspecify.annotations.NullMarked;
