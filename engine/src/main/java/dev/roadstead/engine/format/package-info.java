/// Rows and entries as bytes: CBOR over records, names as fields, so that fields may be added.
/// The JSON library is behind this package.
/// Start at {@link dev.roadstead.engine.format.EntryFormat}.
@NullMarked
package dev.roadstead.engine.format;

import org.jspecify.annotations.NullMarked;
