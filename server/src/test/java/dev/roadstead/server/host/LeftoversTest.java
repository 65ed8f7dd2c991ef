package dev.roadstead.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path temp;
  private Path run;
  private Leftovers leftovers;
  private PrivatePlaces dead;

  @BeforeEach
  void leave() throws IOException {
    run = Files.createDirectories(temp.resolve("run"));
    leftovers = new Leftovers(run, PrivatePlaces.of(temp.resolve("own"), run).runtime());
    dead = left("dead");
  }

  private PrivatePlaces left(String name) throws IOException {
    PrivatePlaces places = PrivatePlaces.of(temp.resolve(name), run);
    Files.createDirectories(places.storage());
    Files.createDirectories(places.runtime().resolve("exec/netns"));
    Files.writeString(places.socket(), "");
    Files.writeString(places.owner(), places.data() + "\n");
    age(places);
    return places;
  }

  private static void age(PrivatePlaces places) throws IOException {
    Instant past = Instant.now().minus(Duration.ofHours(1));
    Files.setLastModifiedTime(places.owner(), FileTime.from(past));
  }

  @Test
  void removesWhatAnEndedEngineLeft() throws IOException {
    Path elsewhere = Files.writeString(temp.resolve("elsewhere"), "stays");
    Files.createSymbolicLink(dead.runtime().resolve("exec/link"), elsewhere);
    assertThat(leftovers.sweep()).isEqualTo(1);
    assertThat(dead.runtime()).doesNotExist();
    assertThat(dead.storage()).exists();
    assertThat(elsewhere).hasContent("stays");
    assertThat(leftovers.sweep()).isZero();
  }

  @Test
  void undoesItsMountsAndNoOthers() throws IOException {
    Path netns = dead.runtime().resolve("exec/netns");
    Path other = Files.createDirectories(temp.resolve("dead-not/docker/root"));
    for (Path path : List.of(netns, dead.storage(), dead.storage(), other)) {
      Command.check("mount", "--bind", path.toString(), path.toString());
    }
    try {
      assertThat(leftovers.sweep()).isEqualTo(1);
      assertThat(Mounts.below(dead.data())).isEmpty();
      assertThat(Mounts.below(other)).hasSize(1);
    } finally {
      for (Path mount : Mounts.below(temp).reversed()) {
        Command.check("umount", mount.toString());
      }
    }
  }

  @Test
  void keepsTheSweepersOwn() throws IOException {
    PrivatePlaces own = left("own");
    assertThat(leftovers.sweep()).isEqualTo(1);
    assertThat(own.runtime()).exists();
  }

  @Test
  void keepsThatOfAnOwnerThatRuns() throws IOException {
    Files.writeString(DataDirectory.pidFile(dead.data()), ProcessHandle.current().pid() + "\n");
    assertThat(leftovers.sweep()).isZero();
    assertThat(dead.socket()).exists();
  }

  @Test
  void keepsWhatAProcessStillNames() throws IOException {
    // As the shim of a container does: `-address /run/roadstead/<name>/exec/…`.
    String address = dead.runtime().resolve("exec/containerd/containerd.sock").toString();
    Process shim = new ProcessBuilder("tail", "-f", "/dev/null", "--pid=1", address).start();
    try {
      Processes.await(PATIENCE, () -> Processes.runs(shim.pid(), address));
      assertThat(leftovers.sweep()).isZero();
    } finally {
      shim.destroyForcibly();
    }
    Processes.await(PATIENCE, () -> !Processes.runs(shim.pid()));
    assertThat(leftovers.sweep()).isEqualTo(1);
  }

  @Test
  void keepsWhatIsBeingStarted() throws IOException {
    Files.writeString(dead.owner(), dead.data() + "\n");
    assertThat(leftovers.sweep()).isZero();
  }

  @Test
  void keepsWhatIsNotOurs() throws IOException {
    Files.writeString(dead.owner(), temp.resolve("another") + "\n");
    age(dead);
    Path nameless = Files.createDirectories(run.resolve("0badcafe"));
    Files.createSymbolicLink(run.resolve("link"), nameless);
    assertThat(leftovers.sweep()).isZero();
    assertThat(dead.socket()).exists();
    assertThat(nameless).exists();
  }

  @Test
  void readsMountPointsWithBlanks() {
    String table = "/dev/a /data/my\\040dir/docker/root ext4 rw 0 0\nnsfs /data/my nsfs rw 0 0\n";
    assertThat(Mounts.below(table, Path.of("/data/my dir")))
        .containsExactly(Path.of("/data/my dir/docker/root"));
  }
}
