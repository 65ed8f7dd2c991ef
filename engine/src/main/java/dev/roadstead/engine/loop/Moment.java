package dev.roadstead.engine.loop;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// What a decision may know of the world: when it is made, and where its fresh ids come from.
///
/// @param now never earlier than the moment of any decision before
/// @param random seeded in simulation, unguessable in production
public record Moment(Instant now, RandomGenerator random) {}
