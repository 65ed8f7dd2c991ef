package dev.roadstead.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.engine.fixture.Boxes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that writes, again and again, and looks whether all it was told is there.
class KillTest {
  private static final int LIVES = 5;
  private static final int ACKNOWLEDGED_MIN = 200;

  @Test
  void nothingAcknowledgedIsLostByKills(@TempDir Path data) throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    long[] acknowledged = new long[KillTarget.WRITERS];
    long total = 0;
    for (int life = 0; life < LIVES; life++) {
      Process process = start(data);
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        int stopAfter = ACKNOWLEDGED_MIN + random.nextInt(ACKNOWLEDGED_MIN);
        int read = 0;
        // What was printed before the kill is read to its end: each whole line was acknowledged.
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.endsWith(";")) {
            note(acknowledged, line);
            total++;
          }
          if (++read == stopAfter) {
            process.toHandle().destroyForcibly(); // leaves the stream open
          }
        }
        assertThat(read).as("lines before the kill").isGreaterThanOrEqualTo(stopAfter);
      } finally {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
      check(data, acknowledged);
    }
    assertThat(total).isGreaterThanOrEqualTo((long) LIVES * ACKNOWLEDGED_MIN);
  }

  private static void note(long[] acknowledged, String line) {
    String[] parts = line.substring(0, line.length() - 1).split(" ", 2);
    acknowledged[Integer.parseInt(parts[0])] = Long.parseLong(parts[1]);
  }

  private static void check(Path data, long[] acknowledged) {
    EngineConfig config = KillTarget.config(data);
    try (Engine engine =
        Engine.open(
            config, Boxes.SCHEMA, List.of(), InstantSource.system(), new SplittableRandom(1))) {
      for (int writer = 0; writer < acknowledged.length; writer++) {
        for (long i = 1; i <= acknowledged[writer]; i++) {
          String key = KillTarget.key(writer, i);
          assertThat(engine.state().find(Boxes.TABLE, key)).as(key).isNotNull();
        }
      }
    }
  }

  private static Process start(Path data) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KillTarget.class.getName(),
            data.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
