package dev.roadstead.control.ecs.why;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Things that go wrong, each named with its numbers, here and in AWS's own fields.
class WhyTest {
  static Stream<Seed> all() {
    return Stream.of(
            RoomSeeds.all(),
            PullSeeds.all(),
            EndSeeds.all(),
            StopSeeds.all(),
            RunSeeds.all(),
            ServiceSeeds.all(),
            DeploymentSeeds.all(),
            PlaceSeeds.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("all")
  void isNamed(Seed seed) {
    Seeds seeds = new Seeds();
    String subject = seed.seed().apply(seeds);
    Finding finding = seeds.why(subject);
    assertThat(finding.reason()).as(finding.toString()).isEqualTo(seed.reason());
    assertThat(String.join("\n", finding.evidence())).contains(seed.says());
    assertThat(finding.change()).contains(seed.change()).endsWith(".");
    assertThat(finding.since() == null).isEqualTo(seed.reason() == Reason.NOT_FOUND);
    String aws = seeds.aws(subject);
    seed.aws().forEach(text -> assertThat(aws).contains(text));
  }

  @Test
  void aBadConstraintIsRefusedWithItsPlace() {
    Seeds seeds =
        new Seeds()
            .join("i1")
            .alone(
                "RunTask {\"taskDefinition\": \"web\", \"placementConstraints\": [{\"type\":"
                    + " \"memberOf\", \"expression\": \"attribute:color = blue\"}]}");
    assertThat(seeds.aws("default"))
        .contains("InvalidParameterException: Invalid placement expression:", "at position 17.");
  }

  @Test
  void drainingAndLossSaySinceWhen() {
    Seeds seeds = new Seeds().join("i1").pass(Duration.ofHours(1));
    String drain =
        "UpdateContainerInstancesState {\"containerInstances\": [\"i1\"],"
            + " \"status\": \"DRAINING\"}";
    Instant drained = seeds.now();
    seeds.perform(drain);
    seeds.pass(Duration.ofHours(1));
    assertThat(seeds.why("default/i1").since()).isEqualTo(drained);
    seeds.perform(drain);
    assertThat(seeds.why("default/i1").since()).as("nothing new").isEqualTo(drained);
  }

  @Test
  void everyReasonHasASeed() {
    Set<Reason> open = EnumSet.allOf(Reason.class);
    all().forEach(seed -> open.remove(seed.reason()));
    assertThat(open).isEmpty();
  }

  /// The smallest change is part of every reason, since when of every finding of one.
  @Test
  void everyReasonSaysWhatItMeansAndWhatHelps() {
    assertThat(Reason.values()).extracting(Reason::code).doesNotHaveDuplicates();
    assertThat(Reason.values()).extracting(Reason::text).doesNotHaveDuplicates();
    for (Reason one : Reason.values()) {
      assertThat(one.text()).as(one.code()).isNotBlank().endsWith(".");
      assertThat(one.advice()).as(one.code()).isNotBlank().endsWith(".");
      assertThat(Reason.of(one.code())).isEqualTo(one);
    }
  }

  @Test
  void thirtyAndMoreFailuresAreSeeded() {
    Set<Reason> good =
        EnumSet.of(
            Reason.AS_WANTED,
            Reason.STARTING,
            Reason.PULLING,
            Reason.STOPPING,
            Reason.ROLLING_OUT,
            Reason.BAKING,
            Reason.UNUSED);
    assertThat(Arrays.stream(Reason.values()).filter(one -> !good.contains(one)).count())
        .isGreaterThanOrEqualTo(30);
    assertThat(all().filter(one -> !good.contains(one.reason())).count())
        .isGreaterThanOrEqualTo(45);
  }
}
