package dev.roadstead.engine.table;

import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/// Values by text. Immutable: a change gives another book and shares what is the same. It cannot
/// be walked, so that nothing depends on the order of a hash table.
public final class Book<V> {
  private final PersistentMap<String, V> map;

  private Book(PersistentMap<String, V> map) {
    this.map = map;
  }

  public static <V> Book<V> empty() {
    return new Book<>(ExtensionsKt.persistentHashMapOf());
  }

  public @Nullable V find(String key) {
    return map.get(key);
  }

  public int size() {
    return map.size();
  }

  /// With this value under the key; null for none.
  public Book<V> with(String key, @Nullable V value) {
    return new Book<>(value == null ? map.removing(key) : map.putting(key, value));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Book<?> book && book.map.equals(map);
  }

  @Override
  public int hashCode() {
    return map.hashCode();
  }
}
