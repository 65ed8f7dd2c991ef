package dev.roadstead.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class JsonBytesTest {
  private static String text(JsonBytes out) {
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  @Test
  void putsCommasWhereTheyBelong() {
    JsonBytes out = new JsonBytes(16);
    out.startObject();
    out.name(JsonBytes.quoted("a"));
    out.startArray();
    out.number(1);
    out.startObject();
    out.endObject();
    out.truth(false);
    out.endArray();
    out.name("b");
    out.nothing();
    out.name("c");
    out.startObject();
    out.name("d");
    out.raw("1.5");
    out.endObject();
    out.name("e");
    out.string("");
    out.endObject();
    assertThat(text(out)).isEqualTo("{\"a\":[1,{},false],\"b\":null,\"c\":{\"d\":1.5},\"e\":\"\"}");
  }

  @Test
  void writesNumbersToTheirEnds() {
    JsonBytes out = new JsonBytes(16);
    out.startArray();
    for (long number : new long[] {0, 9, 10, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
      out.number(number);
    }
    out.millis(0);
    out.millis(1_767_323_045_007L);
    out.endArray();
    assertThat(text(out))
        .isEqualTo("[0,9,10,-1,9223372036854775807,-9223372036854775808,0.000,1767323045.007]");
  }

  /// Read back by a parser that knows nothing of how it was written.
  @Test
  void everyTextComesBackAsItWas() throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    for (int tries = 0; tries < 20_000; tries++) {
      StringBuilder made = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        made.appendCodePoint(
            switch (random.nextInt(8)) {
              case 0 -> random.nextInt(0x20);
              case 1 -> "\"\\/\u007f".charAt(random.nextInt(4));
              case 2 -> random.nextInt(0x80, 0x800);
              case 3 -> random.nextInt(0x1_0000, 0x11_0000);
              default -> random.nextInt(0x20, 0x7f);
            });
      }
      JsonBytes out = new JsonBytes(16);
      out.string(made.toString());
      try (JsonParser parser = new JsonFactory().createParser(out.toByteArray())) {
        parser.nextToken();
        assertThat(parser.getText()).isEqualTo(made.toString());
        assertThat(parser.nextToken()).isNull();
      }
    }
  }

  @Test
  void escapesControlsTheShortWayOrInHex() {
    JsonBytes out = new JsonBytes(16);
    out.string("\b\t\n\f\r\"\\/\u0001\u001f");
    assertThat(text(out)).isEqualTo("\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0001\\u001f\"");
  }
}
