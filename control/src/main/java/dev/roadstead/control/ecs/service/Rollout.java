package dev.roadstead.control.ecs.service;

import dev.roadstead.control.ecs.table.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How many tasks are started and which are stopped next: keeping the count, replacing unhealthy
/// ones, scaling in, and rolling to a new deployment, all by the same arithmetic. Source: ECS
/// developer guide, "Deploy Amazon ECS services by replacing tasks", and "Amazon ECS services",
/// unhealthy tasks.
///
/// With `lower` and `upper` from the service's percentages: a task is started only while all wanted
/// tasks are fewer than `upper`; a healthy one is stopped only while more than `lower` are healthy.
///
/// @param stops tasks that are to stop now
/// @param starts how many tasks to start now
/// @param replacing how many of the starts replace unhealthy tasks
/// @param missing how many tasks of the newest deployment lack
/// @param held how many tasks would stop if they were not protected
/// @param blocked whether the percentages allow neither a stop nor a start
record Rollout(
    List<Member> stops, int starts, int replacing, int missing, int held, boolean blocked) {

  static final Rollout NONE = new Rollout(List.of(), 0, 0, 0, 0, false);

  /// @param allowed how many tasks may be started now for other reasons
  /// @param stopsMax the most stops of one step
  static Rollout of(Service service, Census census, Victims victims, int allowed, int stopsMax) {
    if (service.primary().stalled()) {
      return stalled(service, census, victims, stopsMax);
    }
    int desired = service.desiredCount();
    int lower = service.lowerBound();
    List<Member> stale = census.members().stream().filter(Member::stale).toList();
    List<Member> sick =
        census.members().stream()
            .filter(one -> !one.stale() && one.is(Member.Condition.UNHEALTHY))
            .toList();
    List<Member> fresh = fresh(census);
    int well = count(census.members()) + census.calm();
    List<Member> stops = new ArrayList<>(stale(stale, well, lower, victims));
    int spare = well - count(stops) - lower;
    int present = fresh.size() + census.calm() + census.awaited();
    List<Member> surplus = sparing(victims.choose(fresh, present - desired), spare);
    stops.addAll(surplus);
    int held = Math.max(0, present - desired - surplus.size()) + guarded(stale);
    List<Member> going = stops.stream().filter(one -> !one.stale()).toList();
    int healthy = count(fresh) + census.calm() - count(going);
    stops.addAll(replaced(sick, desired - healthy));
    if (stops.size() > stopsMax) {
      stops = new ArrayList<>(stops.subList(0, stopsMax));
    }

    int missing = Math.max(0, desired - present);
    int room = service.upperBound() - (census.size() - stops.size());
    boolean inFlight =
        census.awaited() > 0 || census.members().stream().anyMatch(Rollout::undecided);
    boolean stuck = missing > 0 && room <= 0 && stops.isEmpty() && !inFlight;
    if (stuck && !sick.isEmpty() && allowed > 0) {
      stops.add(oldestFirst(sick).getFirst());
      room++;
      stuck = false;
    }
    int starts = Math.max(0, Math.min(Math.min(missing, room), allowed));
    return new Rollout(
        stops,
        starts,
        Math.min(starts, sick.size()),
        missing,
        held,
        stuck && census.stopping().isEmpty());
  }

  /// After a deployment that failed: nothing is started and nothing replaced. Only what is too much
  /// is stopped, and what drains, as far as enough are healthy.
  private static Rollout stalled(Service service, Census census, Victims victims, int stopsMax) {
    List<Member> draining = census.members().stream().filter(Member::draining).toList();
    int healthy = count(census.members());
    List<Member> stops = new ArrayList<>(stale(draining, healthy, service.lowerBound(), victims));
    List<Member> left = new ArrayList<>(census.members());
    left.removeAll(stops);
    int spare = healthy - count(stops) - service.lowerBound();
    stops.addAll(sparing(victims.choose(left, left.size() - service.desiredCount()), spare));
    List<Member> now = stops.subList(0, Math.min(stopsMax, stops.size()));
    return new Rollout(now, 0, 0, 0, guarded(draining), false);
  }

  /// Tasks of the newest deployment that stay where they are, without those that the census only
  /// counts.
  static List<Member> fresh(Census census) {
    return census.members().stream()
        .filter(one -> !one.stale() && !one.is(Member.Condition.UNHEALTHY))
        .toList();
  }

  /// Old tasks that may go: pending and unhealthy ones at once, the others while enough are
  /// healthy.
  private static List<Member> stale(List<Member> stale, int healthy, int lower, Victims victims) {
    List<Member> stops = new ArrayList<>();
    List<Member> candidates = new ArrayList<>();
    for (Member one : stale) {
      if (one.guarded() && !one.is(Member.Condition.UNHEALTHY)) {
        continue;
      }
      switch (one.condition()) {
        case PENDING, UNHEALTHY -> stops.add(one);
        case YOUNG -> {
          if (healthy >= lower) {
            stops.add(one);
          }
        }
        case HEALTHY -> candidates.add(one);
      }
    }
    stops.addAll(victims.choose(candidates, healthy - lower));
    return stops;
  }

  /// The chosen without healthy ones beyond so many: where protected tasks that are not healthy yet
  /// stay, too many healthy ones would go.
  private static List<Member> sparing(List<Member> chosen, int spare) {
    List<Member> stops = new ArrayList<>();
    int healthy = 0;
    for (Member one : chosen) {
      healthy += one.is(Member.Condition.HEALTHY) ? 1 : 0;
      if (!one.is(Member.Condition.HEALTHY) || healthy <= spare) {
        stops.add(one);
      }
    }
    return stops;
  }

  /// Unhealthy tasks for which a healthy one has come; `lacking` of them have none yet.
  private static List<Member> replaced(List<Member> sick, int lacking) {
    int count = Math.min(sick.size(), sick.size() - lacking);
    return count <= 0 ? List.of() : oldestFirst(sick).subList(0, count);
  }

  private static List<Member> oldestFirst(List<Member> members) {
    return members.stream()
        .sorted(Comparator.comparing(Member::startedAt).thenComparing(one -> one.task().key()))
        .toList();
  }

  private static int guarded(List<Member> stale) {
    return (int)
        stale.stream().filter(one -> one.guarded() && !one.is(Member.Condition.UNHEALTHY)).count();
  }

  private static int count(List<Member> members) {
    return (int) members.stream().filter(one -> one.is(Member.Condition.HEALTHY)).count();
  }

  private static boolean undecided(Member one) {
    return one.is(Member.Condition.PENDING) || one.is(Member.Condition.YOUNG);
  }
}
