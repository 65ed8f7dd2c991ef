/// The endpoints that containers ask about themselves and for credentials.
@NullMarked
package dev.roadstead.agent.metadata;

import org.jspecify.annotations.NullMarked;
