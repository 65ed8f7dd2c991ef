/// Several machines on one: a network namespace, a Docker Engine and an agent each, and a server in
/// a namespace of its own. Over the wire only.
/// Start at {@link dev.roadstead.e2e.hosts.MultiHostTest}.
@NullMarked
package dev.roadstead.e2e.hosts;

import org.jspecify.annotations.NullMarked;
