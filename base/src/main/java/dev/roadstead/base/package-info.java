/// Values that every room shares: ARNs, bounds, invariants. No IO, no logging.
/// Start at {@link dev.roadstead.base.Arn}.
@NullMarked
package dev.roadstead.base;

import org.jspecify.annotations.NullMarked;
