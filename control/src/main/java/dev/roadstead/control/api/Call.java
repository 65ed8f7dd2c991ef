package dev.roadstead.control.api;

import dev.roadstead.wire.api.Caller;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What a decision knows beside the state and the request: who calls, when, and fresh ids.
///
/// @param random seeded in simulation, unguessable in production; for reads it is never used
public record Call(Caller caller, Instant now, RandomGenerator random) {
  public Scope scope() {
    return new Scope(caller.account(), caller.region());
  }

  /// 32 lower-case hexadecimal digits, as in the ids of tasks and container instances.
  public String freshId() {
    return Ids.hex32(random);
  }

  /// A version 4 UUID.
  public String freshUuid() {
    return Ids.uuid(random);
  }

  /// Fresh ids from a generator.
  public static final class Ids {
    private static final long DIGITS_19 = 1_000_000_000_000_000_000L;

    private Ids() {}

    public static String hex32(RandomGenerator random) {
      HexFormat hex = HexFormat.of();
      return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    public static String uuid(RandomGenerator random) {
      long high = (random.nextLong() & ~0xF000L) | 0x4000L;
      long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
      return new UUID(high, low).toString();
    }

    /// 19 decimal digits, as in the ids of deployments and task sets.
    public static String digits19(RandomGenerator random) {
      return Long.toString(random.nextLong(DIGITS_19, Long.MAX_VALUE));
    }
  }
}
