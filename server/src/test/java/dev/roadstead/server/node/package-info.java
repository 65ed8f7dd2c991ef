@NullMarked
package dev.roadstead.server.node;

import org.jspecify.annotations.NullMarked;
