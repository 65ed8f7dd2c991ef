/// Account settings: a principal's own, else the account's default, else the service's.
/// Pure. Start at {@link dev.roadstead.control.ecs.setting.Settings}.
@NullMarked
package dev.roadstead.control.ecs.setting;

import org.jspecify.annotations.NullMarked;
