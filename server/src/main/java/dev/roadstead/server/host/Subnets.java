package dev.roadstead.server.host;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// IPv4 subnets for the bridges of private engines. Pure.
public final class Subnets {
  /// Bridges take blocks of 10.192.0.0/10, of this length: room for 4,093 containers each, more
  /// than the 1,023 ports of a Linux bridge.
  static final int PREFIX = 20;

  private static final int BASE = 0x0AC0_0000;
  private static final int BLOCKS = 1 << (PREFIX - 10);

  private Subnets() {}

  /// A block of addresses.
  ///
  /// @param network the first address, as a number
  /// @param mask the netmask, as a number
  record Block(int network, int mask) {
    boolean overlaps(Block other) {
      int both = mask & other.mask;
      return (network & both) == (other.network & both);
    }
  }

  /// The bridge's own address with its prefix length, in a block that no route covers, for example
  /// `10.201.16.1/20`; null when every block is taken.
  ///
  /// @param routes the text of `/proc/net/route`
  /// @param seed where to begin looking: another for each engine keeps them apart
  public static @Nullable String free(String routes, int seed) {
    List<Block> taken = parse(routes);
    for (int i = 0; i < BLOCKS; i++) {
      int network = BASE + (Math.floorMod(seed + i, BLOCKS) << (32 - PREFIX));
      Block block = new Block(network, -1 << (32 - PREFIX));
      if (taken.stream().noneMatch(block::overlaps)) {
        return text(network + 1) + "/" + PREFIX;
      }
    }
    return null;
  }

  /// The blocks that routes lead to, but for the default route. Numbers there are little-endian
  /// hexadecimal. Source: Linux, `fib_route_seq_show` in net/ipv4/fib_trie.c.
  static List<Block> parse(String routes) {
    List<Block> blocks = new ArrayList<>();
    for (String line : routes.lines().skip(1).toList()) {
      String[] fields = line.trim().split("\\s+", -1);
      if (fields.length > 7 && !fields[7].equals("00000000")) {
        blocks.add(new Block(number(fields[1]), number(fields[7])));
      }
    }
    return blocks;
  }

  private static int number(String hex) {
    return Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16));
  }

  private static String text(int address) {
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, address >>> 16 & 0xFF, address >>> 8 & 0xFF, address & 0xFF);
  }
}
