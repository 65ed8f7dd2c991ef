@NullMarked
package dev.roadstead.wire.http;

import org.jspecify.annotations.NullMarked;
