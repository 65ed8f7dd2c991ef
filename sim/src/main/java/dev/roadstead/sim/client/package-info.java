/// Callers of the AWS API who do whatever callers do, at the worst of times.
@NullMarked
package dev.roadstead.sim.client;

import org.jspecify.annotations.NullMarked;
