/// Tags of resources. Pure. Tags live in the rows of their resources; each kind of resource that
/// can be tagged is a {@link dev.roadstead.control.ecs.tag.TaggedTable}.
/// Start at {@link dev.roadstead.control.ecs.tag.TagOperations}.
@NullMarked
package dev.roadstead.control.ecs.tag;

import org.jspecify.annotations.NullMarked;
