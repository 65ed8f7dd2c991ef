/// The sample service of `up --demo`, made from what is on the machine and deployed through the
/// public API. Start at {@link dev.roadstead.server.demo.Demo}.
@NullMarked
package dev.roadstead.server.demo;

import org.jspecify.annotations.NullMarked;
