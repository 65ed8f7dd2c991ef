/// The endpoints that containers ask about themselves and for credentials: task metadata v3 and
/// v4 and `/v2/credentials`. Whoever knows the unguessable id in a path may read what is under it.
/// Start at MetadataServer; MetadataAddress decides where it listens.
@NullMarked
package dev.roadstead.agent.metadata;

import org.jspecify.annotations.NullMarked;
