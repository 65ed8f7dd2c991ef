/// Says why: what a task, service, deployment, container instance or cluster is in, with evidence,
/// since when, and the smallest change that would help. It looks at rows as placement and the
/// scheduler do, and changes nothing. Start at {@link dev.roadstead.control.ecs.why.Why}.
@NullMarked
package dev.roadstead.control.ecs.why;

import org.jspecify.annotations.NullMarked;
