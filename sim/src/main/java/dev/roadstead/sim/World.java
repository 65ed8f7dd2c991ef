package dev.roadstead.sim;

import dev.roadstead.sim.disk.SimDisk;
import dev.roadstead.sim.net.Net;
import dev.roadstead.sim.node.Machine;
import dev.roadstead.sim.server.DiskPace;
import dev.roadstead.sim.server.SimServer;
import dev.roadstead.sim.time.SimClock;
import java.util.List;

/// What faults are done to.
record World(
    Net net,
    SimServer server,
    SimDisk disk,
    DiskPace pace,
    SimClock serverClock,
    List<Machine> machines) {
  World {
    machines = List.copyOf(machines);
  }
}
