/// The agent against a small control plane written by hand, over real sockets.
@NullMarked
package dev.roadstead.agent.shell;

import org.jspecify.annotations.NullMarked;
