@NullMarked
package dev.roadstead.server.boot;

import org.jspecify.annotations.NullMarked;
