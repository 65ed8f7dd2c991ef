/// The public API as Roadstead's own reading commands use it: signed JSON over HTTP, nothing
/// private. Start at {@link dev.roadstead.server.client.Api}.
@NullMarked
package dev.roadstead.server.client;

import org.jspecify.annotations.NullMarked;
