package dev.roadstead.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageMemoryTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path data;

  @Test
  void pulledImagesOutliveTheProcess() throws Exception {
    try (var log = StateLog.open(data)) {
      var images = new Images(log, log.read().images());
      images.pulled("r.example/a:1", "sha256:a", AT);
      images.pulled("r.example/b:1", "sha256:b", AT);
      images.used("r.example/a:1", AT.plusSeconds(5));
      images.forget("r.example/b:1");
    }
    try (var log = StateLog.open(data)) {
      List<Images.Entry> remembered = log.read().images();
      assertThat(remembered)
          .containsExactly(new Images.Entry("r.example/a:1", "sha256:a", AT, AT.plusSeconds(5)));
      assertThat(new Images(log, remembered).pulled("r.example/a:1")).isTrue();
    }
  }
}
