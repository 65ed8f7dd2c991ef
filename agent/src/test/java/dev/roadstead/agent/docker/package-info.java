/// The agent and its Docker adapter against a real Docker Engine, which the tests start themselves.
@NullMarked
package dev.roadstead.agent.docker;

import org.jspecify.annotations.NullMarked;
