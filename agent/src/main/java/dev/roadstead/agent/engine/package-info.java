/// The container engine as the agent needs it: a port with plain records. Blocking calls; failures
/// are EngineTrouble. Start at ContainerEngine. Units: bytes, nanoseconds only where Docker's own
/// JSON has them.
@NullMarked
package dev.roadstead.agent.engine;

import org.jspecify.annotations.NullMarked;
