/// The node's mind: pure. State and event in, state and effects out; no clock, thread or IO.
/// Times come with events. Iteration orders are fixed. Start at NodeCore.step.
@NullMarked
package dev.roadstead.agent.core;

import org.jspecify.annotations.NullMarked;
