/// Task definitions: registering, reading, retiring, and what others derive from them.
/// Pure. Rows hold the model's document; typed components are what decisions need.
/// Start at {@link dev.roadstead.control.ecs.taskdefinition.RegisterTaskDefinition}; other rooms
/// use {@link dev.roadstead.control.ecs.taskdefinition.TaskDefinitionLookup} and
/// {@link dev.roadstead.control.ecs.taskdefinition.Reservations}.
@NullMarked
package dev.roadstead.control.ecs.taskdefinition;

import org.jspecify.annotations.NullMarked;
