/// Checks of the whole house: arrows between rooms, purity of the core, sizes, names, signs, and
/// the coverage page. Start at {@link dev.roadstead.house.TidyTest}.
@NullMarked
package dev.roadstead.house;

import org.jspecify.annotations.NullMarked;
