package dev.roadstead.link.api;

import org.jspecify.annotations.Nullable;

/// An error answer; the type may be `namespace#Code`.
public record ErrorBody(@Nullable String __type, @Nullable String message) {

  /// The code without a namespace; empty when there is none.
  public String code() {
    return __type == null ? "" : __type.substring(__type.lastIndexOf('#') + 1);
  }
}
