package dev.roadstead.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgentIdTest {
  @TempDir Path temp;

  @Test
  void staysTheSameWhereverTheDirectoryGoes() throws IOException {
    Path first = temp.resolve("first");
    assertThat(AgentId.read(first)).isNull();
    AgentId id = AgentId.open(first);
    assertThat(AgentId.open(first)).isEqualTo(id);
    Path moved = Files.move(first, temp.resolve("moved"));
    assertThat(AgentId.read(moved)).isEqualTo(id);
  }

  @Test
  void differsBetweenDirectories() throws IOException {
    assertThat(AgentId.open(temp.resolve("one"))).isNotEqualTo(AgentId.open(temp.resolve("two")));
  }

  @Test
  void survivesACrashBeforeItWasInPlace() throws IOException {
    Files.writeString(temp.resolve("agent.id.next"), "0123");
    AgentId id = AgentId.open(temp);
    assertThat(AgentId.read(temp)).isEqualTo(id);
  }

  @Test
  void isNotReplacedWhenDamaged() throws IOException {
    Files.writeString(temp.resolve("agent.id"), "0123");
    assertThatThrownBy(() -> AgentId.open(temp))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("agent.id is damaged");
  }
}
