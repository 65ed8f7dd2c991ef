package dev.roadstead.control.ecs.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.wire.api.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pages cut a list without loss or repetition.
class PagingTest {
  private static final int TRIES = 200;

  @Test
  void pagesTogetherAreTheList() {
    Random random = new Random(11);
    for (int i = 0; i < TRIES; i++) {
      List<String> all = items(random);
      boolean descending = random.nextBoolean();
      List<String> list = descending ? all.reversed() : all;
      int size = 1 + random.nextInt(100);
      List<String> seen = new ArrayList<>();
      String token = null;
      do {
        Page<String> page = page(list, descending, ask("list", size, token));
        assertThat(page.items().size()).isLessThanOrEqualTo(size);
        seen.addAll(page.items());
        token = page.nextToken();
      } while (token != null);
      assertThat(seen).isEqualTo(list);
    }
  }

  @Test
  void rowsThatComeAndGoBetweenPagesDisturbNoOther() {
    Page<String> first = page(List.of("a", "c", "e", "g"), false, ask("list", 2, null));
    assertThat(first.items()).containsExactly("a", "c");

    Page<String> second =
        page(List.of("a", "b", "d", "e", "g"), false, ask("list", 100, first.nextToken()));

    assertThat(second.items()).containsExactly("d", "e", "g");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void refusesSizesOutOfRange() {
    for (int size : new int[] {-1, 0, 101}) {
      assertRefused(ask("list", size, null), "maxResults must be between 1 and 100.");
    }
  }

  @Test
  void refusesTokensOfOtherListsAndNonsense() {
    String token = page(List.of("a", "b"), false, ask("other", 1, null)).nextToken();

    assertRefused(ask("list", null, token), "Invalid nextToken.");
    for (String nonsense : List.of("x", "!!", "aaaaaaaaaaaaaaaaaaaaaa", "a".repeat(10_000))) {
      assertRefused(ask("list", null, nonsense), "Invalid nextToken.");
    }
  }

  private static void assertRefused(Paging.Ask ask, String text) {
    assertThatThrownBy(() -> page(List.of("a"), false, ask))
        .isInstanceOf(Refusal.class)
        .hasMessage("InvalidParameterException: " + text);
  }

  private static Page<String> page(List<String> list, boolean descending, Paging.Ask ask) {
    return descending
        ? Paging.pageDescending(list, Function.identity(), ask)
        : Paging.page(list, Function.identity(), ask);
  }

  private static Paging.Ask ask(String binding, @Nullable Integer size, @Nullable String token) {
    return Paging.Ask.of(binding, size, token);
  }

  private static List<String> items(Random random) {
    TreeSet<String> items = new TreeSet<>();
    int count = random.nextInt(300);
    for (int i = 0; i < count; i++) {
      items.add(Integer.toString(random.nextInt(1000), 36));
    }
    return List.copyOf(items.stream().toList());
  }
}
