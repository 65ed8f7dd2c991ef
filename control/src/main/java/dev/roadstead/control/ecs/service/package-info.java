/// Services: their operations, and the scheduler that keeps their tasks.
/// Pure. Start at {@link dev.roadstead.control.ecs.service.ServiceController}; one plan for one
/// service is {@code ServicePlan}, its arithmetic {@code Rollout}, its delays {@code Trouble}.
@NullMarked
package dev.roadstead.control.ecs.service;

import org.jspecify.annotations.NullMarked;
