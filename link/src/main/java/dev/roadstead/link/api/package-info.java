/// The ECS calls an agent makes, as small records, requests and responses (AWS JSON 1.1).
/// Instants travel as epoch seconds with milliseconds as a fraction.
@NullMarked
package dev.roadstead.link.api;

import org.jspecify.annotations.NullMarked;
