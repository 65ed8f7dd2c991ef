/// The rules that a task definition must keep, each with the text AWS refuses with.
/// Pure functions over a {@link dev.roadstead.control.ecs.taskdefinition.rule.Draft}; they throw
/// refusals. Start at {@link dev.roadstead.control.ecs.taskdefinition.rule.Rules}.
@NullMarked
package dev.roadstead.control.ecs.taskdefinition.rule;

import org.jspecify.annotations.NullMarked;
