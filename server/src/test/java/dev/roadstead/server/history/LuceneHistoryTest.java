package dev.roadstead.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.Health;
import dev.roadstead.control.ecs.table.Reservation;
import dev.roadstead.control.ecs.table.StopCause;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskStatus;
import dev.roadstead.control.ecs.table.TaskTimes;
import dev.roadstead.control.ecs.task.TaskHistory.Filter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks in the history: found again, listed in pages, bounded, and there after a crash.
class LuceneHistoryTest {
  private static final Reservation EMPTY = new Reservation(0, 0, List.of(), List.of(), 0);
  private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

  @TempDir private Path directory;

  private LuceneHistory open(Duration age, long tasks) {
    return new LuceneHistory(directory.resolve("tasks"), new HistoryLimits(age, tasks));
  }

  private LuceneHistory open() {
    return open(Duration.ofDays(30), 1000);
  }

  static Task task(int number, Duration ago) {
    String id = "%032x".formatted(number);
    Instant stopped = NOW.minus(ago);
    return new Task(
        "123456789012",
        "eu-central-1",
        "default",
        id,
        number % 2 == 0 ? "even" : "odd",
        1,
        "family:x",
        null,
        null,
        null,
        "EC2",
        null,
        null,
        null,
        TaskStatus.STOPPED,
        false,
        false,
        Health.UNKNOWN,
        List.of(),
        EMPTY,
        "1",
        "1",
        "",
        List.of(),
        false,
        new TaskTimes(stopped, null, null, null, null, null, null, stopped),
        new StopCause(StopCause.USER_INITIATED, "over"),
        1);
  }

  private static Filter all() {
    return new Filter(task(0, Duration.ZERO).clusterKey(), null, null, null, null, null);
  }

  private static List<Task> tasks(int count) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(task(i, Duration.ofHours(i)));
    }
    return tasks;
  }

  @Test
  void findsAndListsInPages() throws IOException {
    try (LuceneHistory history = open()) {
      assertThat(history.find(task(1, Duration.ZERO).key())).isNull();
      assertThat(Files.exists(directory.resolve("tasks"))).as("no files for nothing").isFalse();
      List<Task> tasks = tasks(25);
      history.keep(tasks.reversed());
      assertThat(history.find(tasks.get(7).key())).isEqualTo(tasks.get(7));
      assertThat(history.list(all(), "", 10)).isEqualTo(tasks.subList(0, 10));
      assertThat(history.list(all(), tasks.get(9).key(), 10)).isEqualTo(tasks.subList(10, 20));
      assertThat(history.list(all(), tasks.get(19).key(), 10)).isEqualTo(tasks.subList(20, 25));
      Filter odd = new Filter(all().clusterKey(), "odd", null, null, null, "EC2");
      assertThat(history.list(odd, "", 100))
          .hasSize(12)
          .allMatch(one -> one.family().equals("odd"));
      assertThat(history.list(new Filter("other", null, null, null, null, null), "", 9)).isEmpty();
    }
  }

  @Test
  void whatIsKeptTwiceIsThereOnce() throws IOException {
    try (LuceneHistory history = open()) {
      history.keep(tasks(3));
      Task later = TaskBuilder.builder(task(1, Duration.ofHours(1))).version(9).build();
      history.keep(List.of(later));
      assertThat(history.size()).isEqualTo(3);
      assertThat(history.find(later.key())).isEqualTo(later);
    }
  }

  @Test
  void theOldestGoByAgeAndByNumber() throws IOException {
    try (LuceneHistory history = open(Duration.ofHours(12), 5)) {
      history.keep(tasks(25));
      history.trim(NOW);
      assertThat(history.list(all(), "", 100)).isEqualTo(tasks(25).subList(0, 5));
    }
    try (LuceneHistory history = open(Duration.ofHours(2), 1000)) {
      history.trim(NOW);
      assertThat(history.list(all(), "", 100)).isEqualTo(tasks(25).subList(0, 2));
    }
  }

  @Test
  void aTornTailIsCutOff() throws IOException {
    Path crashed = directory.resolve("crashed");
    try (LuceneHistory history = open()) {
      history.keep(tasks(3));
      copy(directory.resolve("tasks"), crashed);
    }
    Files.write(crashed.resolve("_9.cfs"), new byte[] {1, 2, 3});
    Files.write(crashed.resolve("_9.si"), new byte[] {4});
    Files.write(crashed.resolve("pending_segments_2"), new byte[] {5});
    Files.deleteIfExists(crashed.resolve("write.lock"));
    try (LuceneHistory history = new LuceneHistory(crashed, HistoryLimits.USUAL)) {
      assertThat(history.list(all(), "", 9)).isEqualTo(tasks(3));
      history.keep(tasks(5));
      assertThat(history.size()).isEqualTo(5);
    }
    try (LuceneHistory history = new LuceneHistory(crashed, HistoryLimits.USUAL)) {
      assertThat(history.list(all(), "", 9)).isEqualTo(tasks(5));
    }
  }

  @Test
  void whatCannotBeReadIsMovedAside() throws IOException {
    try (LuceneHistory history = open()) {
      history.keep(tasks(3));
    }
    try (var files = Files.list(directory.resolve("tasks"))) {
      for (Path file : files.filter(one -> one.toString().contains("segments_")).toList()) {
        Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);
      }
    }
    try (LuceneHistory history = open()) {
      assertThat(history.find(task(1, Duration.ZERO).key())).isNull();
      history.keep(tasks(2));
      assertThat(history.size()).isEqualTo(2);
    }
    assertThat(directory.resolve("tasks.broken-1")).isDirectory();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
