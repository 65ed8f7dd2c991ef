/// The one writer: takes work, decides, appends, answers when durable, and lets controllers plan.
/// Runs on one thread of its own; readers see only durable pictures.
/// Start at {@link dev.roadstead.engine.loop.Work}.
@NullMarked
package dev.roadstead.engine.loop;

import org.jspecify.annotations.NullMarked;
