package dev.roadstead.control.ecs.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.table.StrategyItem;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityStrategyTest {
  private static final StrategyItem A = new StrategyItem("a", 2, 1);
  private static final StrategyItem B = new StrategyItem("b", 0, 3);
  private static final StrategyItem NONE = new StrategyItem("c", 0, 0);

  @Test
  void theBaseIsFilledFirstThenWeightsCount() {
    List<StrategyItem> strategy = List.of(NONE, B, A);
    assertThat(CapacityStrategy.share(strategy, _ -> 0, 2)).containsExactly(0, 0, 2);
    assertThat(CapacityStrategy.share(strategy, _ -> 0, 6)).containsExactly(0, 3, 3);
    assertThat(CapacityStrategy.share(strategy, _ -> 0, 10)).containsExactly(0, 6, 4);
  }

  @Test
  void whatIsPlacedAlreadyCounts() {
    List<StrategyItem> strategy = List.of(A, B);
    assertThat(CapacityStrategy.share(strategy, item -> item.equals(A) ? 3 : 0, 4))
        .containsExactly(1, 3);
    assertThat(CapacityStrategy.share(strategy, item -> item.equals(B) ? 9 : 0, 3))
        .containsExactly(3, 0);
  }

  @Test
  void equalItemsTakeTurnsInTheirOrder() {
    List<StrategyItem> strategy = List.of(new StrategyItem("a", 0, 1), new StrategyItem("b", 0, 1));
    assertThat(CapacityStrategy.share(strategy, _ -> 0, 3)).containsExactly(2, 1);
  }
}
