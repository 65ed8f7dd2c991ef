package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Attribute;
import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.Crew;
import dev.roadstead.control.ecs.table.Fleet;
import dev.roadstead.control.ecs.table.Kind;
import dev.roadstead.control.ecs.table.Yard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Places equal tasks by a {@link Chain}, from a fleet. What a call costs beside its tasks grows
/// with the number of kinds of instances, hardly with the number of instances.
final class Draft {
  private static final Object ABSENT = new Object();
  private static final Object VALUELESS = new Object();

  private final Demand demand;
  private final Chain chain;
  private final RandomGenerator random;
  private final List<Track> tracks = new ArrayList<>();

  /// Counts the tasks of the group over all machines with some value of an attribute.
  private static final class Tally {
    int tasks;
  }

  /// The machines with the same value of each spread attribute.
  ///
  /// @param counts by spread
  private record Track(Lane lane, List<Tally> counts) {
    int compareCounts(Track other) {
      for (int i = 0; i < counts.size(); i++) {
        int order = Integer.compare(counts.get(i).tasks, other.counts.get(i).tasks);
        if (order != 0) {
          return order;
        }
      }
      return 0;
    }
  }

  /// What becomes a track.
  private record Values(List<Tally> counts, List<Yard> yards) {}

  Draft(Fleet fleet, Demand demand, Chain chain, Gate gate, RandomGenerator random) {
    this.demand = demand;
    this.chain = chain;
    this.random = random;
    for (Values one : values(fleet, gate)) {
      tracks.add(new Track(lane(fleet, gate, one.yards), one.counts));
    }
  }

  private List<Values> values(Fleet fleet, Gate gate) {
    Crew crew = fleet.crew(demand.group());
    List<String> attributes = chain.attributes();
    List<Map<Object, Tally>> tallies = new ArrayList<>(attributes.size());
    for (int i = 0; i < attributes.size(); i++) {
      tallies.add(new HashMap<>());
    }
    Map<List<Tally>, Values> all = new LinkedHashMap<>();
    for (int k = 0; k < fleet.kinds(); k++) {
      Yard yard = fleet.yard(k);
      int tasks = crew.tasks(yard.kind());
      List<Tally> counts = new ArrayList<>(attributes.size());
      for (int i = 0; i < attributes.size(); i++) {
        Object value = value(yard.kind(), attributes.get(i));
        Tally tally = tallies.get(i).computeIfAbsent(value, _ -> new Tally());
        tally.tasks += tasks;
        counts.add(tally);
      }
      if (gate.opensTo(yard)) {
        all.computeIfAbsent(counts, same -> new Values(same, new ArrayList<>())).yards.add(yard);
      }
    }
    return List.copyOf(all.values());
  }

  /// Instances without the attribute have one more value in common, and so have those that give it
  /// none.
  private static Object value(Kind kind, String attribute) {
    Attribute present = kind.attribute(attribute);
    if (present == null) {
      return ABSENT;
    }
    return present.value() == null ? VALUELESS : present.value();
  }

  private Lane lane(Fleet fleet, Gate gate, List<Yard> yards) {
    return switch (chain.leaf()) {
      case ANY -> new AnyLane(demand, gate, yards, random);
      case FEWEST -> new FewestLane(fleet, demand, gate, yards, random);
      case MEMORY, CPU, LOAD -> new OrderedLane(demand, gate, chain.leaf(), yards);
    };
  }

  /// Where the next task goes; null when it fits nowhere.
  @Nullable ContainerInstance next() {
    while (!tracks.isEmpty()) {
      Track best = best();
      if (best != null) {
        return take(best);
      }
    }
    return null;
  }

  /// Null when a track had to be given up first.
  private @Nullable Track best() {
    Track best = null;
    Pick bestPick = null;
    int equals = 0;
    for (int i = 0; i < tracks.size(); i++) {
      Track track = tracks.get(i);
      int order = best == null ? -1 : track.compareCounts(best);
      if (order > 0) {
        continue;
      }
      Pick pick = track.lane.peek();
      if (pick == null) {
        tracks.remove(i);
        return null;
      }
      if (order == 0 && bestPick != null) {
        order = track.lane.compare(pick, bestPick);
      }
      equals = order < 0 ? 1 : order == 0 ? equals + 1 : equals;
      // One of several equals, each as likely as the others, without counting them first.
      if (order < 0 || (order == 0 && random.nextInt(equals) == 0)) {
        best = track;
        bestPick = pick;
      }
    }
    return best;
  }

  private ContainerInstance take(Track track) {
    Pick pick = track.lane.peek();
    if (pick == null) {
      throw new IllegalStateException("nothing to take");
    }
    track.lane.take();
    for (Tally count : track.counts) {
      count.tasks++;
    }
    return pick.machine().instance();
  }
}
