/// Makes the core's effects true: virtual threads that call the engine and the control plane,
/// timers, and the log on disk. Every outcome, good or bad, returns to the core as an event.
/// Start at Agent; NodeLoop is its heart.
@NullMarked
package dev.roadstead.agent.shell;

import org.jspecify.annotations.NullMarked;
