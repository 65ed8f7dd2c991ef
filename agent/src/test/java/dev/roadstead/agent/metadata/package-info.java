/// Tests of what containers are answered.
@NullMarked
package dev.roadstead.agent.metadata;

import org.jspecify.annotations.NullMarked;
