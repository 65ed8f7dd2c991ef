/// What Roadstead needs from the machine it runs on: a data directory of its own, a Docker Engine,
/// a free subnet. Does IO on the caller's thread; knows nothing of ECS.
/// Start at {@link dev.roadstead.server.host.DockerChoice}.
@NullMarked
package dev.roadstead.server.host;

import org.jspecify.annotations.NullMarked;
