package dev.roadstead.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Exact bytes: each file of `golden` is a request and, after a line of `====`, its answer, but for
/// the request id and the date. Set `-Dgolden.write=true` to rewrite the answers.
class GoldenTest {
  private static final Path FILES = Path.of("src/test/resources/golden");
  private static final String LINE = "\n====\n";

  @TestFactory
  List<DynamicTest> answersByteForByte() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .sorted()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)))
          .toList();
    }
  }

  private static void check(Path file) throws IOException {
    String pair = Files.readString(file);
    int line = pair.indexOf(LINE);
    String request = pair.substring(0, line);
    String expected = pair.substring(line + LINE.length()).stripTrailing();
    try (World world = World.open()) {
      String answer = masked(world.exchange(wire(request)));
      if (Boolean.getBoolean("golden.write")) {
        Files.writeString(file, request + LINE + answer + "\n");
      } else {
        assertThat(answer).isEqualTo(expected);
      }
    }
  }

  /// The head with the line ends of HTTP; the body as it is.
  private static String wire(String request) {
    int head = request.indexOf("\n\n");
    return request.substring(0, head).replace("\n", "\r\n")
        + "\r\n\r\n"
        + request.substring(head + 2);
  }

  private static String masked(String answer) {
    return answer
        .replace("\r\n", "\n")
        .replaceFirst("(?m)^x-amzn-RequestId: [0-9a-f-]{36}$", "x-amzn-RequestId: ID")
        .replaceFirst("(?m)^Date: .*\n", "");
  }
}
