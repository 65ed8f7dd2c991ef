/// Services: stories of the scheduler, its laws, and the operations' rules.
/// Start at {@link dev.roadstead.control.ecs.service.Stage}, the fixture.
@NullMarked
package dev.roadstead.control.ecs.service;

import org.jspecify.annotations.NullMarked;
