package dev.roadstead.wire.sigv4;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Signing keys already derived. A key serves one secret for one day, region and service, so most
/// requests of a client find theirs here.
final class SigningKeys {
  /// Above the number of clients that are busy at once; at some 500 bytes each. When full it is
  /// emptied: deriving a key again costs four hashes.
  static final int ENTRIES_MAX = 16_384;

  private static final class Entry {
    final String secret;
    final byte[] key;

    Entry(String secret, byte[] key) {
      this.secret = secret;
      this.key = key;
    }
  }

  private final Map<Scope, Entry> entries = new ConcurrentHashMap<>();

  byte[] key(Scope scope, String secret) {
    Entry known = entries.get(scope);
    if (known != null && known.secret.equals(secret)) {
      return known.key;
    }
    byte[] key = derived(scope, secret);
    if (entries.size() >= ENTRIES_MAX) {
      entries.clear();
    }
    entries.put(scope, new Entry(secret, key));
    return key;
  }

  int size() {
    return entries.size();
  }

  private static byte[] derived(Scope scope, String secret) {
    byte[] date = Hashes.hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), scope.date());
    byte[] region = Hashes.hmac(date, scope.region());
    byte[] service = Hashes.hmac(region, scope.service());
    return Hashes.hmac(service, "aws4_request");
  }
}
