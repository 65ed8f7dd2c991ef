package dev.roadstead.base;

import org.jspecify.annotations.Nullable;

/// An Amazon Resource Name, `arn:partition:service:region:account:resource`.
/// Source: AWS General Reference, "Amazon Resource Names (ARNs)".
///
/// @param resource everything after the fifth colon, for example `cluster/default`
public record Arn(
    String partition, String service, String region, String account, String resource) {
  /// The longest text taken for an ARN. Source: IAM user guide, "IAM and STS quotas" (2048).
  public static final int LENGTH_MAX = 2048;

  private static final int PARTS = 6;

  public static Arn of(String service, String region, String account, String resource) {
    return new Arn("aws", service, region, account, resource);
  }

  /// The parsed ARN, or null when the text is not one.
  public static @Nullable Arn parse(@Nullable String text) {
    if (text == null || text.length() > LENGTH_MAX || !text.startsWith("arn:")) {
      return null;
    }
    String[] parts = text.split(":", PARTS);
    if (parts.length != PARTS || parts[1].isEmpty() || parts[2].isEmpty() || parts[5].isEmpty()) {
      return null;
    }
    return new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
  }

  public static boolean looksLikeOne(String text) {
    return text.startsWith("arn:");
  }

  /// The text before the first slash of the resource, `cluster` in `cluster/default`; the whole
  /// resource when it has none.
  public String resourceType() {
    int slash = resource.indexOf('/');
    return slash < 0 ? resource : resource.substring(0, slash);
  }

  /// The text after the first slash of the resource, `default` in `cluster/default`; empty when it
  /// has none.
  public String resourcePath() {
    int slash = resource.indexOf('/');
    return slash < 0 ? "" : resource.substring(slash + 1);
  }

  @Override
  public String toString() {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}
