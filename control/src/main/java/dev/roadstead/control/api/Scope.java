package dev.roadstead.control.api;

import dev.roadstead.base.Arn;

/// The namespace of every key: an account and a region, from the signature's scope.
public record Scope(String account, String region) {
  /// As {@link #key(String...)}, of one part.
  public String key(String part) {
    return account + "/" + region + "/" + part;
  }

  /// As {@link #key(String...)}, of two parts.
  public String key(String first, String second) {
    return account + "/" + region + "/" + first + "/" + second;
  }

  /// A row key in this namespace: the parts joined by slashes. No part may contain one, except the
  /// last.
  public String key(String... parts) {
    return account + "/" + region + "/" + String.join("/", parts);
  }

  /// An ARN of this account and region.
  public Arn arn(String service, String resource) {
    return Arn.of(service, region, account, resource);
  }
}
