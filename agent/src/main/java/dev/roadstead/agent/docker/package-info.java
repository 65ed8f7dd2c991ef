/// Docker Engine behind the ContainerEngine port, over docker-java's transport, API 1.41. Requests
/// and answers are JSON trees, so that whatever a task definition says in Docker's own JSON
/// arrives unchanged. Start at DockerEngine.
@NullMarked
package dev.roadstead.agent.docker;

import org.jspecify.annotations.NullMarked;
