package dev.roadstead.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class PrivateDockerTest {
  @TempDir private Path data;

  @Test
  void unmountsWhatIsHeldForAMomentLonger() throws IOException, InterruptedException {
    Path storage = Files.createDirectories(PrivatePlaces.of(data).storage());
    for (int i = 0; i < 3; i++) {
      Command.check("mount", "--bind", storage.toString(), storage.toString());
    }
    Process holder = new ProcessBuilder("sleep", "60").directory(storage.toFile()).start();
    Thread clearing = Thread.startVirtualThread(() -> PrivateDocker.clear(data));
    assertThat(clearing.join(Duration.ofMillis(300))).as("it is held").isFalse();
    assertThat(Mounts.below(storage)).isNotEmpty();
    holder.destroyForcibly().onExit().join();
    clearing.join();
    assertThat(Mounts.below(storage)).isEmpty();
  }
}
