/// What must hold, checked against the rows, the machines and the answers.
@NullMarked
package dev.roadstead.sim.audit;

import org.jspecify.annotations.NullMarked;
