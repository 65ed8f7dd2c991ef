/// What an AWS service is made of: operations, decisions, tables, controllers.
/// Pure. Start at {@link dev.roadstead.control.api.Operation}; {@code control.Services} lists them.
@NullMarked
package dev.roadstead.control.api;

import org.jspecify.annotations.NullMarked;
