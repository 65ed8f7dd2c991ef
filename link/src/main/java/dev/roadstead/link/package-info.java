/// The agent protocol as values: records that carry the wire's own names, and one codec.
/// ACS (work for a node), TCS (telemetry of a node) and the ECS calls an agent makes.
/// No behaviour, no IO. Fields are spelled as on the wire; null means absent.
/// Start at codec.LinkCodec.
@NullMarked
package dev.roadstead.link;

import org.jspecify.annotations.NullMarked;
