/// Container instances as clients see them: describe, list, drain, attributes. What agents call is
/// in `control.ecs.agent`. Start at {@link InstanceOperations}.
@NullMarked
package dev.roadstead.control.ecs.instance;

import org.jspecify.annotations.NullMarked;
