/// The core by itself: scenarios under virtual time on a scripted engine, and laws over orders of
/// events.
@NullMarked
package dev.roadstead.agent.core;

import org.jspecify.annotations.NullMarked;
