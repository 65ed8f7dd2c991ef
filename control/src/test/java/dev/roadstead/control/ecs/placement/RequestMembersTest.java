package dev.roadstead.control.ecs.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.control.Rows;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;

/// Placement strategies and constraints as requests carry them.
class RequestMembersTest {
  private static PlacementStrategy strategy(String type, @Nullable String field) {
    PlacementStrategy.Builder builder = PlacementStrategy.builder().type(type);
    return (field == null ? builder : builder.field(field)).build();
  }

  private static PlacementConstraint constraint(String type, @Nullable String expression) {
    PlacementConstraint.Builder builder = PlacementConstraint.builder().type(type);
    return (expression == null ? builder : builder.expression(expression)).build();
  }

  @Test
  void readsStrategiesInOrder() {
    assertThat(
            Strategies.of(
                List.of(
                    strategy("spread", "attribute:ecs.availability-zone"),
                    strategy("spread", "host"),
                    strategy("binpack", "MEMORY"),
                    strategy("binpack", "cpu"),
                    strategy("random", ""))))
        .containsExactly(
            new Strategy.Spread("attribute:ecs.availability-zone"),
            new Strategy.Spread("instanceId"),
            new Strategy.Binpack(true),
            new Strategy.Binpack(false),
            new Strategy.Random());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "random~cpu~random field should not be specified",
        "spread~~spread field should be specified",
        "spread~attribute:~attribute: should be one of [instanceId,host,attribute:ATTRIBUTE_NAME]",
        "spread~zone~zone should be one of [instanceId,host,attribute:ATTRIBUTE_NAME]",
        "binpack~~binpack field should be specified",
        "binpack~disk~disk should be one of [cpu,memory]",
        "pack~cpu~pack should be one of [random,spread,binpack]",
      })
  void refusesBadStrategies(String type, @Nullable String field, String text) {
    assertThatThrownBy(() -> Strategies.of(List.of(strategy(type, field))))
        .hasMessage("InvalidParameterException: " + text);
  }

  @Test
  void boundsHowMany() {
    assertThatThrownBy(() -> Strategies.of(Collections.nCopies(6, strategy("random", ""))))
        .hasMessage("InvalidParameterException: Maximum number of strategies is 5");
    List<PlacementConstraint> ten = Collections.nCopies(10, constraint("distinctInstance", ""));
    assertThat(Constraints.of(ten)).hasSize(10);
    TaskDefinition bound =
        TaskDefinitionBuilder.builder(Rows.definition("web", 1))
            .placementConstraints(List.of("agentConnected == true"))
            .build();
    assertThat(Constraints.of(ten.subList(0, 9), bound)).hasSize(9);
    assertThatThrownBy(() -> Constraints.of(ten, bound))
        .hasMessage("InvalidParameterException: Maximum number of constraints is 10");
  }

  @Test
  void readsConstraints() {
    assertThat(
            Constraints.of(
                List.of(
                    constraint("distinctInstance", ""),
                    constraint("memberOf", "attribute:a exists"))))
        .containsExactly(
            new Constraint.DistinctInstance(), new Constraint.MemberOf("attribute:a exists"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "distinctInstance~attribute:a exists~distinctInstance expression should not be specified",
        "memberOf~~memberOf expression should be specified",
        "anyOf~~anyOf should be one of [distinctInstance,memberOf]",
        "memberOf~attribute:a~"
            + "Invalid placement expression: an operator is expected at position 12.",
      })
  void refusesBadConstraints(String type, @Nullable String expression, String text) {
    assertThatThrownBy(() -> Constraints.of(List.of(constraint(type, expression))))
        .hasMessage("InvalidParameterException: " + text);
  }
}
