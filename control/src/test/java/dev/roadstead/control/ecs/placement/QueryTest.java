package dev.roadstead.control.ecs.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.control.ecs.table.InstanceUsage;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.wire.api.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private final Machines machines =
      new Machines()
          .instance(
              "0a1b",
              1024,
              1024,
              "ecs.instance-type=t2.small",
              "ecs.availability-zone=us-east-1a",
              "ecs.capability.cni-plugin-version=2020.10.0",
              "ecs.capability.external",
              "note=two words")
          .task("0a1b", "service:production", Machines.takes(1, 1))
          .task("0a1b", "databases", Machines.takes(1, 1));

  private boolean matches(String expression) {
    InstanceUsage usage = machines.state().value(Tasks.USAGE, machines.get("0a1b").key());
    return Query.parse(expression).matches(new Query.Subject(machines.get("0a1b"), usage));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute:ecs.instance-type == t2.small",
        "attribute:ecs.instance-type==t2.small",
        "attribute:ecs.instance-type equals 't2.small'",
        "attribute:ecs.instance-type != t2.large",
        "attribute:ecs.instance-type not_equals \"t2.large\"",
        "attribute:ecs.instance-type =~ t2.*",
        "attribute:ecs.instance-type =~ [mt]2\\.(small|large)",
        "(attribute:ecs.instance-type =~ (m4|t2).*)",
        "attribute:ecs.instance-type matches '.*small'",
        "attribute:ecs.instance-type !~ small",
        "attribute:ecs.instance-type not_matches g2.*",
        "attribute:ecs.instance-type in [t2.small, t2.medium]",
        "attribute:ecs.instance-type in[ 't2.small' ]",
        "attribute:ecs.instance-type !in [g2.2xlarge,m4.large]",
        "attribute:ecs.availability-zone not_in [us-east-1b]",
        "attribute:note == 'two words'",
        "attribute:ecs.capability.external exists",
        "attribute:gone !exists",
        "attribute:gone not_exists",
        "attribute:gone != x",
        "attribute:gone not_in [x]",
        "attribute:gone !~ x",
        "!attribute:gone == x",
        "attribute:ecs.capability.cni-plugin-version >= 2020.9.0",
        "attribute:ecs.capability.cni-plugin-version less_than_equal 2020.10",
        "agentConnected == true",
        "agentConnected in [true, false]",
        "agentConnected !~ fal.*",
        "agentVersion > 1.9.9",
        "agentVersion >= 1.10.2",
        "agentVersion == 1.10.2",
        "agentVersion less_than v1.10.10",
        "ec2InstanceId == i-0a1b",
        "ec2InstanceId =~ i-.*",
        "registeredAt == 2026-01-02",
        "registeredAt == 2026-01-02T03:04:05",
        "registeredAt == 2026-01-02T03:04:05.678Z",
        "registeredAt == 2026-01-02T04:04:05+01:00",
        "registeredAt > 2026-01-02",
        "registeredAt <= 2026-01-03",
        "registeredAt != '2026-01-01'",
        "runningTasksCount == 2",
        "runningTasksCount != 3",
        "runningTasksCount greater_than 1",
        "runningTasksCount < 3",
        "task:group == service:production",
        "task:group == databases",
        "task:group in [web, databases]",
        "task:group =~ service:.*",
        "task:group != web",
        "not(task:group == web)",
        "NOT (task:group == web) AND agentConnected == true",
      })
  void holds(String expression) {
    assertThat(matches(expression)).isTrue();
    assertThat(matches("not (" + expression + ")")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attribute:gone == x",
        "attribute:gone > 1",
        "attribute:gone in [x]",
        "attribute:gone =~ .*",
        "attribute:gone exists",
        "attribute:ecs.instance-type =~ t2",
        "attribute:ecs.instance-type == T2.SMALL",
        "task:group != databases",
        "task:group not_in [databases]",
        "task:group !~ data.*",
        "agentVersion < 1.9",
        "runningTasksCount >= 3",
        "registeredAt < 2026-01-02",
      })
  void doesNotHold(String expression) {
    assertThat(matches(expression)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "T or T and F, true",
    "(T or T) and F, false",
    "F and T or T, true",
    "F and (T or T), false",
    "not F and F, false",
    "not (F and F), true",
    "!!T, true",
    "!T || T && T, true",
    "F || F || T, true",
    "T && T && F, false",
    "not T or not F, true",
    "((((T)))) and not(not(T)), true",
  })
  void bindsNotBeforeAndBeforeOr(String shape, boolean expected) {
    String expression =
        shape.replace("T", "agentConnected == true").replace("F", "runningTasksCount == 9");
    assertThat(matches(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "''~a subject is expected at position 1",
        "foo == bar~unknown subject foo at position 1",
        "attribute: == bar~unknown subject attribute: at position 1",
        "attribute:a~an operator is expected at position 12",
        "attribute:a = b~an operator is expected at position 13",
        "attribute:a ==~a value is missing at position 15",
        "attribute:a == b c~the end or an operator is expected at position 18",
        "attribute:a == 'b~a quote is not closed at position 16",
        "attribute:a in b~a list in brackets is expected at position 16",
        "attribute:a in [b c]~a comma or a closing bracket is expected at position 19",
        "attribute:a in []~a value is missing at position 17",
        "(attribute:a exists~a closing parenthesis is expected at position 20",
        "attribute:a exists)~the end or an operator is expected at position 19",
        "attribute:a exists and~a subject is expected at position 23",
        "agentConnected > true~the operator does not apply to this subject at position 16",
        "agentVersion in [1]~the operator does not apply to this subject at position 14",
        "ec2InstanceId exists~the operator does not apply to this subject at position 15",
        "runningTasksCount > many~a whole number is expected at position 21",
        "runningTasksCount in [1]~the operator does not apply to this subject at position 19",
        "registeredAt > yesterday~an ISO 8601 date or date-time is expected at position 16",
      })
  void saysWhatIsWrongAndWhere(String expression, String problem) {
    assertThatThrownBy(() -> Query.parse(expression))
        .isInstanceOf(Refusal.class)
        .hasMessage("InvalidParameterException: Invalid placement expression: " + problem + ".");
  }

  @Test
  void refusesPatternsThatAreNone() {
    assertThatThrownBy(() -> Query.parse("attribute:a =~ '(b'"))
        .hasMessageStartingWith("InvalidParameterException: Invalid placement expression: invalid");
    assertThatThrownBy(() -> Query.parse("attribute:a =~ '(b)\\1'")).isInstanceOf(Refusal.class);
  }

  @Test
  void boundsLengthAndNesting() {
    assertThatThrownBy(() -> Query.parse("attribute:a == " + "b".repeat(Query.LENGTH_MAX)))
        .hasMessageContaining("at most 2000 characters");
    String deep = "(".repeat(900) + "attribute:a exists" + ")".repeat(900);
    assertThatThrownBy(() -> Query.parse(deep)).hasMessageContaining("nesting deeper than 50");
    assertThatThrownBy(() -> Query.parse("!".repeat(1900))).hasMessageContaining("nesting");
    String wide = "agentConnected == true or ".repeat(70) + "agentConnected == true";
    assertThat(matches(wide)).isTrue();
  }

  @Test
  void catastrophicPatternsTakeNoTime() {
    Machines long128 = new Machines().instance("a", 1, 1, "x=" + "a".repeat(127) + "b");
    Query query = Query.parse("attribute:x =~ '(a+)+(a*)*(a|a)*c'");
    Query.Subject subject = new Query.Subject(long128.get("a"), InstanceUsage.NONE);
    long start = System.nanoTime();
    assertThat(query.matches(subject)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }
}
