/// What the wire and the services say to each other: who calls, which operation, which error.
/// Values only. Start at {@link dev.roadstead.wire.api.Dispatcher}.
@NullMarked
package dev.roadstead.wire.api;

import org.jspecify.annotations.NullMarked;
