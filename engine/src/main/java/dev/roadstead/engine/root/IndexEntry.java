package dev.roadstead.engine.root;

import dev.roadstead.base.Bug;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentSet;
import org.jspecify.annotations.Nullable;

/// The primary keys under one index key: a bare text when there is one, a persistent set when there
/// are more. Most entries of most indexes hold one, and a set would cost four times the memory.
final class IndexEntry {
  private IndexEntry() {}

  static Object with(@Nullable Object entry, String key) {
    return switch (entry) {
      case null -> key;
      case String one -> one.equals(key) ? one : setOf(one).adding(key);
      case PersistentSet<?> _ -> asSet(entry).adding(key);
      default -> throw new Bug("not an index entry");
    };
  }

  static @Nullable Object without(@Nullable Object entry, String key) {
    return switch (entry) {
      case null -> null;
      case String one -> one.equals(key) ? null : one;
      case PersistentSet<?> _ -> {
        PersistentSet<String> rest = asSet(entry).removing(key);
        yield rest.size() == 1 ? rest.iterator().next() : rest;
      }
      default -> throw new Bug("not an index entry");
    };
  }

  static int size(@Nullable Object entry) {
    return switch (entry) {
      case null -> 0;
      case PersistentSet<?> set -> set.size();
      default -> 1;
    };
  }

  static List<String> sortedKeys(@Nullable Object entry) {
    return switch (entry) {
      case null -> List.of();
      case String one -> List.of(one);
      case PersistentSet<?> _ -> {
        List<String> keys = new ArrayList<>(asSet(entry));
        Collections.sort(keys);
        yield keys;
      }
      default -> throw new Bug("not an index entry");
    };
  }

  private static PersistentSet<String> setOf(String key) {
    PersistentSet<String> empty = ExtensionsKt.persistentHashSetOf();
    return empty.adding(key);
  }

  @SuppressWarnings("unchecked")
  private static PersistentSet<String> asSet(Object entry) {
    return (PersistentSet<String>) entry;
  }
}
