package dev.roadstead.control.ecs.api;

import dev.roadstead.base.Bug;
import dev.roadstead.wire.api.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Cuts lists into pages. A token says after which key to go on, so rows that come or go between
/// two pages make nothing else appear twice or go missing. It works only with the operation and
/// filters it was given for.
public final class Paging {
  /// The usual size and limit of ECS's lists. Source: ECS API reference, for example ListTasks.
  public static final int MAX = 100;

  /// The longest token read: the longest key is a few ARNs.
  private static final int TOKEN_CHARS_MAX = 8192;

  private static final int BINDING_BYTES = 8;

  private Paging() {}

  /// What page is asked for.
  ///
  /// @param binding the operation and its filters, in any spelling that tells them apart
  /// @param maxResults as sent; null when not sent
  /// @param nextToken as sent; null or empty for the first page
  /// @param max the most that `maxResults` may be
  /// @param usual the size when `maxResults` is not sent
  public record Ask(
      String binding,
      @Nullable Integer maxResults,
      @Nullable String nextToken,
      int max,
      int usual) {
    /// With the limits that most lists have: at most 100, and 100 when not sent.
    public static Ask of(String binding, @Nullable Integer maxResults, @Nullable String nextToken) {
      return new Ask(binding, maxResults, nextToken, MAX, MAX);
    }
  }

  /// The page asked for. Refuses a size out of range and a foreign token with
  /// InvalidParameterException.
  ///
  /// @param sorted all items, ascending by key
  /// @param key distinct for each item
  public static <T> Page<T> page(List<T> sorted, Function<T, String> key, Ask ask) {
    return cut(sorted, key, ask, 1);
  }

  /// Items that are looked up as they are needed.
  public interface Source<T> {
    /// The first of them, ascending by key.
    ///
    /// @param after only items with a greater key; empty for the first
    /// @param count the most to give
    List<T> after(String after, int count);
  }

  /// As {@link #page}, of what a source has.
  public static <T> Page<T> page(Source<T> source, Function<T, String> key, Ask ask) {
    int size = size(ask);
    byte[] binding = binding(ask.binding() + "|1");
    String token = ask.nextToken();
    String after = token == null || token.isEmpty() ? "" : keyIn(token, binding);
    List<T> items = source.after(after, size + 1);
    if (items.size() <= size) {
      return new Page<>(items, null);
    }
    return new Page<>(items.subList(0, size), token(binding, key.apply(items.get(size - 1))));
  }

  /// As {@link #page}, for items that descend by key.
  public static <T> Page<T> pageDescending(List<T> sorted, Function<T, String> key, Ask ask) {
    return cut(sorted, key, ask, -1);
  }

  private static <T> Page<T> cut(List<T> sorted, Function<T, String> key, Ask ask, int direction) {
    int size = size(ask);
    byte[] binding = binding(ask.binding() + "|" + direction);
    String token = ask.nextToken();
    int from = 0;
    if (token != null && !token.isEmpty()) {
      from = firstAfter(sorted, key, keyIn(token, binding), direction);
    }
    int to = Math.min(sorted.size(), from + size);
    List<T> items = sorted.subList(from, to);
    boolean last = to == sorted.size();
    return new Page<>(items, last ? null : token(binding, key.apply(items.getLast())));
  }

  private static int size(Ask ask) {
    Integer asked = ask.maxResults();
    if (asked == null) {
      return ask.usual();
    }
    if (asked < 1 || asked > ask.max()) {
      throw EcsErrors.invalidParameter("maxResults must be between 1 and " + ask.max() + ".");
    }
    return asked;
  }

  private static <T> int firstAfter(
      List<T> sorted, Function<T, String> key, String after, int direction) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (direction * key.apply(sorted.get(middle)).compareTo(after) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static String token(byte[] binding, String key) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    byte[] all = ByteBuffer.allocate(binding.length + text.length).put(binding).put(text).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  private static String keyIn(String token, byte[] binding) {
    if (token.length() > TOKEN_CHARS_MAX) {
      throw invalidToken();
    }
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException _) {
      throw invalidToken();
    }
    if (all.length < BINDING_BYTES
        || !Arrays.equals(all, 0, BINDING_BYTES, binding, 0, BINDING_BYTES)) {
      throw invalidToken();
    }
    return new String(all, BINDING_BYTES, all.length - BINDING_BYTES, StandardCharsets.UTF_8);
  }

  private static byte[] binding(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(hash, BINDING_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new Bug("every JDK has SHA-256", e);
    }
  }

  private static Refusal invalidToken() {
    return EcsErrors.invalidParameter("Invalid nextToken.");
  }
}
