package dev.roadstead.sim.server;

import dev.roadstead.sim.disk.SimDisk;
import dev.roadstead.sim.time.Chance;
import dev.roadstead.sim.time.SimClock;
import dev.roadstead.sim.time.Timeline;
import dev.roadstead.sim.time.Trace;

/// What a server process finds around it.
///
/// @param pace how long writes take
public record ServerParts(
    Timeline time,
    Trace trace,
    Chance chance,
    SimClock clock,
    SimDisk disk,
    DiskPace pace,
    Plant plant,
    Witness witness) {}
