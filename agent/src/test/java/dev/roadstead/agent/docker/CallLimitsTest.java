package dev.roadstead.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roadstead.agent.engine.EngineTrouble;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallLimitsTest {
  @TempDir Path directory;

  @Test
  void anEngineThatNeverAnswersIsGivenUp() throws Exception {
    Path socket = directory.resolve("docker.sock");
    Duration soon = Duration.ofMillis(200);
    try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        var engine =
            new DockerEngine(
                URI.create("unix://" + socket), new CallLimits(soon, soon, soon, soon, soon))) {
      listener.bind(UnixDomainSocketAddress.of(socket)); // The kernel accepts; nobody answers.
      var trouble = catchThrowableOfType(EngineTrouble.class, () -> engine.start("a"));
      assertThat(trouble.kind()).isEqualTo(EngineTrouble.Kind.TIMEOUT);
      assertThat(trouble)
          .hasMessage("Could not transition to started; timed out after waiting 200ms");
    }
  }

  @Test
  void anEngineThatIsAwayIsUnreachable() {
    try (var engine = new DockerEngine(URI.create("unix://" + directory.resolve("none.sock")))) {
      var trouble = catchThrowableOfType(EngineTrouble.class, engine::ping);
      assertThat(trouble.kind()).isEqualTo(EngineTrouble.Kind.UNREACHABLE);
    }
  }

  @Test
  void timesReadAsAmazonsAgentWritesThem() {
    assertThat(CallLimits.text(Duration.ofMinutes(4))).isEqualTo("4m0s");
    assertThat(CallLimits.text(Duration.ofSeconds(30))).isEqualTo("30s");
    assertThat(CallLimits.text(Duration.ofSeconds(3723))).isEqualTo("1h2m3s");
  }
}
