/// Says why: what a task, service, container instance or cluster is in, from what the public API
/// shows to everybody. Pure. Start at {@link dev.roadstead.control.ecs.why.Why}.
@NullMarked
package dev.roadstead.control.ecs.why;

import org.jspecify.annotations.NullMarked;
