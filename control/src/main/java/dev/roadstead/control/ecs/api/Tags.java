package dev.roadstead.control.ecs.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of tags, and their way to and from the model. Source: ECS developer guide, "Tagging
/// your Amazon ECS resources": at most 50 a resource, keys of 1 to 128 and values of up to 256
/// characters (letters, digits, spaces and `_ . : / = + - @`), no key that starts with `aws:`.
public final class Tags {
  public static final int COUNT_MAX = 50;
  public static final int KEY_CHARS_MAX = 128;
  public static final int VALUE_CHARS_MAX = 256;

  private static final String RESERVED = "aws:";
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private Tags() {}

  /// The tags sent with a request that creates something, checked, in their order. Refuses with
  /// InvalidParameterException.
  public static List<Tag> accept(
      @Nullable List<software.amazon.awssdk.services.ecs.model.Tag> sent) {
    List<Tag> tags = checked(sent);
    if (tags.size() > COUNT_MAX) {
      throw EcsErrors.invalidParameter(
          "The number of tags exceeds the limit of " + COUNT_MAX + " tags per resource.");
    }
    return tags;
  }

  /// The tags of a resource with others added: equal keys take the new value, in their old place.
  /// Refuses bad tags with InvalidParameterException, too many with LimitExceededException.
  public static List<Tag> merge(
      List<Tag> before, @Nullable List<software.amazon.awssdk.services.ecs.model.Tag> sent) {
    SequencedMap<String, Tag> merged = new LinkedHashMap<>();
    before.forEach(tag -> merged.put(tag.key(), tag));
    checked(sent).forEach(tag -> merged.put(tag.key(), tag));
    long counted = merged.sequencedKeySet().stream().filter(key -> !reserved(key)).count();
    if (counted > COUNT_MAX) {
      throw EcsErrors.of(
          "LimitExceededException",
          "The number of tags exceeds the limit of " + COUNT_MAX + " tags per resource.");
    }
    return List.copyOf(merged.sequencedValues());
  }

  /// The tags of a resource without those of these keys. Refuses keys that are AWS's own.
  public static List<Tag> without(List<Tag> before, List<String> keys) {
    Set<String> gone = new HashSet<>();
    for (String key : keys) {
      checkKey(key);
      gone.add(key);
    }
    return before.stream().filter(tag -> !gone.contains(tag.key())).toList();
  }

  /// The tags as the model has them, in their order.
  public static List<software.amazon.awssdk.services.ecs.model.Tag> toModel(List<Tag> tags) {
    return tags.stream()
        .map(
            tag ->
                software.amazon.awssdk.services.ecs.model.Tag.builder()
                    .key(tag.key())
                    .value(tag.value())
                    .build())
        .toList();
  }

  private static List<Tag> checked(
      @Nullable List<software.amazon.awssdk.services.ecs.model.Tag> sent) {
    List<Tag> tags = new ArrayList<>();
    if (sent == null) {
      return tags;
    }
    Set<String> keys = new HashSet<>();
    for (software.amazon.awssdk.services.ecs.model.Tag tag : sent) {
      checkKey(tag.key());
      String value = tag.value() == null ? "" : tag.value();
      if (value.codePointCount(0, value.length()) > VALUE_CHARS_MAX
          || !TEXT.matcher(value).matches()) {
        throw EcsErrors.invalidParameter("The value of the tag '" + tag.key() + "' is invalid.");
      }
      if (!keys.add(tag.key())) {
        throw EcsErrors.invalidParameter("Duplicate tag key: '" + tag.key() + "'.");
      }
      tags.add(new Tag(tag.key(), value));
    }
    return tags;
  }

  private static void checkKey(@Nullable String key) {
    if (key == null || key.isEmpty()) {
      throw EcsErrors.invalidParameter("Tag keys can not be empty.");
    }
    if (key.codePointCount(0, key.length()) > KEY_CHARS_MAX || !TEXT.matcher(key).matches()) {
      throw EcsErrors.invalidParameter("The tag key '" + key + "' is invalid.");
    }
    if (reserved(key)) {
      throw EcsErrors.invalidParameter(
          "Tag keys that start with 'aws:' are reserved for system use.");
    }
  }

  private static boolean reserved(String key) {
    return key.toLowerCase(Locale.ROOT).startsWith(RESERVED);
  }
}
