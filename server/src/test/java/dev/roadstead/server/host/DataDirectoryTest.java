package dev.roadstead.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path temp;

  @Test
  void isMadeForItsOwnerOnlyAndNamesItsProcess() throws IOException {
    Path path = temp.resolve("data");
    try (DataDirectory data = DataDirectory.open(path)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
          .isEqualTo("rwx------");
      assertThat(Processes.read(DataDirectory.pidFile(path)))
          .isEqualTo(ProcessHandle.current().pid());
    }
    assertThat(DataDirectory.pidFile(path)).doesNotExist();
  }

  @Test
  void refusesWhatIsNoDirectory() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(Missing.class)
        .hasMessageContaining("Cannot use the data directory " + file);
  }

  @Test
  void canBeTakenAgainAfterItWasClosed() {
    DataDirectory.open(temp).close();
    assertThat(DataDirectory.taken(temp)).isFalse();
    DataDirectory.open(temp).close();
  }
}
