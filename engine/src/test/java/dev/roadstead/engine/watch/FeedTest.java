package dev.roadstead.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.fixture.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Feed feed = new Feed(10, 3);

  @Test
  void givesWhatCameAfterThePositionInOrder() throws Exception {
    feed.publish(List.of(commit(11), commit(12)));
    feed.publish(List.of(commit(13)));
    assertThat(positions(feed.await(10, LONG))).containsExactly(11L, 12L, 13L);
    assertThat(positions(feed.await(12, LONG))).containsExactly(13L);
  }

  @Test
  void givesNothingWhenNothingCameInTime() throws Exception {
    assertThat(feed.await(10, Duration.ofMillis(1))).isEqualTo(new Feed.Commits(List.of()));
  }

  @Test
  void tellsWhoFellBehindOrComesFromAnotherLife() throws Exception {
    for (long position = 11; position <= 14; position++) {
      feed.publish(List.of(commit(position)));
    }
    assertThat(positions(feed.await(11, LONG))).containsExactly(12L, 13L, 14L);
    assertThat(feed.await(10, LONG)).isEqualTo(new Feed.TooOld(14));
    assertThat(feed.await(15, LONG)).isEqualTo(new Feed.TooOld(14));
  }

  @Test
  void tooManyRowsAreNotKeptEither() throws Exception {
    Commit.Touch<Box> touch = new Commit.Touch<>(Boxes.TABLE, "a", null, Box.of("a", null, 1));
    List<Commit.Touch<?>> many = new ArrayList<>();
    for (int i = 0; i <= Feed.TOUCHES_MAX; i++) {
      many.add(touch);
    }
    feed.publish(List.of(new Commit(11, many)));
    assertThat(feed.await(10, LONG)).isEqualTo(new Feed.TooOld(11));
    assertThat(feed.await(11, Duration.ZERO)).isEqualTo(new Feed.Commits(List.of()));
  }

  @Test
  void wakesWhoWaits() throws Exception {
    CompletableFuture<Feed.News> waiting = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            waiting.complete(feed.await(10, LONG));
          } catch (InterruptedException e) {
            waiting.completeExceptionally(e);
          }
        });
    feed.publish(List.of(commit(11)));
    assertThat(positions(Waiting.answer(waiting))).containsExactly(11L);
  }

  private static List<Long> positions(Feed.News news) {
    return ((Feed.Commits) news).commits().stream().map(Commit::position).toList();
  }

  private static Commit commit(long position) {
    return new Commit(position, List.of());
  }
}
