package dev.roadstead.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.wire.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Task;

class JsonShapesTest {
  private static final int TRIES = 40;

  @TestFactory
  List<DynamicTest> everyShapeComesBackAsItWasWritten() {
    assertThat(Shapes.all()).hasSizeGreaterThanOrEqualTo(2 * 77);
    return Shapes.all().entrySet().stream()
        .map(shape -> DynamicTest.dynamicTest(shape.getKey(), () -> comesBack(shape.getValue())))
        .toList();
  }

  private static void comesBack(Class<? extends SdkPojo> type) {
    for (int seed = 0; seed < TRIES; seed++) {
      SdkPojo value = Shapes.value(Shapes.builder(type), new SplittableRandom(seed), seed == 0);
      byte[] json = JsonShapes.write(value);
      SdkPojo back = JsonShapes.fill(json, Shapes.builder(type));
      assertThat(back).as("seed %d: %s", seed, text(json)).isEqualTo(value);
      assertThat(JsonShapes.write(back)).isEqualTo(json);
      assertThat(JsonShapes.fingerprint(back)).isEqualTo(JsonShapes.fingerprint(value));
    }
  }

  @Test
  void writesWhatAwsWrites() {
    var response =
        DescribeClustersResponse.builder()
            .clusters(
                Cluster.builder()
                    .clusterArn("arn:aws:ecs:us-east-1:123456789012:cluster/default")
                    .clusterName("default")
                    .status("ACTIVE")
                    .runningTasksCount(0)
                    .statistics(List.of())
                    .build())
            .failures(List.<Failure>of())
            .build();
    assertThat(text(JsonShapes.write(response)))
        .isEqualTo(
            "{\"clusters\":[{\"clusterArn\":\"arn:aws:ecs:us-east-1:123456789012:cluster/default\","
                + "\"clusterName\":\"default\",\"status\":\"ACTIVE\",\"runningTasksCount\":0,"
                + "\"statistics\":[]}],\"failures\":[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "1722556800123, 1722556800.123",
    "1722556800000, 1722556800.000",
    "1722556800007, 1722556800.007",
    "1722556800070, 1722556800.070",
    "5, 0.005",
    "-500, -0.500",
  })
  void writesTimestampsAsSecondsWithMilliseconds(long millis, String text) {
    Instant at = Instant.ofEpochMilli(millis);
    assertThat(text(JsonShapes.write(Task.builder().createdAt(at).build())))
        .isEqualTo("{\"createdAt\":" + text + "}");
    assertThat(task("{\"createdAt\":" + text + "}").createdAt()).isEqualTo(at);
  }

  @Test
  void readsTimestampsInEveryForm() {
    Instant second = Instant.ofEpochSecond(1_722_556_800);
    assertThat(task("{\"createdAt\":1722556800}").createdAt()).isEqualTo(second);
    assertThat(task("{\"createdAt\":1.7225568E9}").createdAt()).isEqualTo(second);
    assertThat(task("{\"createdAt\":1722556800.1239}").createdAt())
        .isEqualTo(second.plusMillis(124));
  }

  @Test
  void leavesOutWhatWasNotSet() {
    assertThat(text(JsonShapes.write(Task.builder().build()))).isEqualTo("{}");
    assertThat(text(JsonShapes.write(RunTaskRequest.builder().cluster("c").build())))
        .as("no idempotency token is made up")
        .isEqualTo("{\"cluster\":\"c\"}");
  }

  @Test
  void tellsEmptyFromAbsent() {
    var empty = JsonShapes.read(bytes("{\"clusters\":[]}"), DescribeClustersRequest.builder());
    assertThat(empty.hasClusters()).isTrue();
    var absent = JsonShapes.read(bytes("{\"clusters\":null}"), DescribeClustersRequest.builder());
    assertThat(absent.hasClusters()).isFalse();
  }

  @Test
  void ignoresMembersItDoesNotKnow() {
    var request =
        JsonShapes.read(
            bytes("{\"new\":{\"a\":[1,{\"b\":null}]},\"cluster\":\"c\",\"x\":1.5e3}"),
            RunTaskRequest.builder());
    assertThat(request).isEqualTo(RunTaskRequest.builder().cluster("c").build());
  }

  @Test
  void fingerprintIgnoresTheOrderOfMaps() {
    var first = labels("{\"a\":\"1\",\"b\":\"2\"}");
    var second = labels("{\"b\":\"2\",\"a\":\"1\"}");
    var third = labels("{\"b\":\"2\",\"a\":\"2\"}");
    assertThat(JsonShapes.fingerprint(first)).isEqualTo(JsonShapes.fingerprint(second));
    assertThat(JsonShapes.fingerprint(first)).isNotEqualTo(JsonShapes.fingerprint(third));
  }

  @Test
  void refusesEveryTruncation() {
    SdkPojo value =
        Shapes.value(RegisterTaskDefinitionRequest.builder(), new SplittableRandom(7), true);
    byte[] json = JsonShapes.write(value);
    for (int length = 0; length < json.length; length++) {
      byte[] cut = Arrays.copyOf(json, length);
      assertThatThrownBy(() -> JsonShapes.fill(cut, RegisterTaskDefinitionRequest.builder()))
          .isInstanceOfSatisfying(Refusal.class, JsonShapesTest::isSerializationException);
    }
  }

  @Test
  void survivesEveryChangedByte() {
    SdkPojo value =
        Shapes.value(RegisterTaskDefinitionRequest.builder(), new SplittableRandom(3), true);
    byte[] json = JsonShapes.write(value);
    var random = new SplittableRandom(11);
    for (int i = 0; i < json.length; i++) {
      byte[] changed = json.clone();
      changed[i] = (byte) random.nextInt(256);
      try {
        byte[] back =
            JsonShapes.write(JsonShapes.fill(changed, RegisterTaskDefinitionRequest.builder()));
        assertThat(back).isNotEmpty();
      } catch (Refusal refusal) {
        isSerializationException(refusal);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|Request body is not a JSON object.",
        "7|Request body is not a JSON object.",
        "null|Request body is not a JSON object.",
        "` `|Request body is empty: expected a JSON object.",
        "{} {}|Request body goes on after its JSON object.",
        "{\"count\":\"1\"}|STRING_VALUE can not be converted to an Integer (count)",
        "{\"count\":1.5}|DECIMAL_VALUE can not be converted to an Integer (count)",
        "{\"count\":2147483648}|NUMBER_VALUE is out of range for an Integer (count)",
        "{\"count\":99999999999999999999}|NUMBER_VALUE is out of range for an Integer (count)",
        "{\"count\":true}|TRUE_VALUE can not be converted to an Integer (count)",
        "{\"cluster\":1}|NUMBER_VALUE can not be converted to a String (cluster)",
        "{\"cluster\":{}}|Start of structure or map found where not expected: a String (cluster)",
        "{\"cluster\":[]}|Start of list found where not expected: a String (cluster)",
        "{\"overrides\":[]}|Start of list found where not expected: a structure (overrides)",
        "{\"tags\":{}}|Start of structure or map found where not expected: a list (tags)",
        "{\"tags\":[null]}|NULL_VALUE can not be an element of a list or map (tags)",
        "{\"cluster\":\"a\",\"cluster\":\"b\"}|Member appears more than once: cluster",
        "{\"cluster\":\"\\ud800\"}|STRING_VALUE is not well-formed Unicode (cluster)",
        "{\"enableECSManagedTags\":\"true\"}"
            + "|STRING_VALUE can not be converted to a Boolean (enableECSManagedTags)",
      })
  void saysWhatIsWrong(String json, String text) {
    assertThatThrownBy(() -> JsonShapes.fill(bytes(json), RunTaskRequest.builder()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              isSerializationException(refusal);
              assertThat(refusal.error().message()).isEqualTo(text);
            });
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    for (String open : List.of("[", "{\"a\":")) {
      String deep = "{\"unknown\":" + open.repeat(100_000);
      assertThatThrownBy(() -> JsonShapes.fill(bytes(deep), RunTaskRequest.builder()))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.error().message()).contains("nested too deeply"));
    }
  }

  @Test
  void refusesHugeNumbersAtOnce() {
    assertThatThrownBy(
            () -> JsonShapes.fill(bytes("{\"count\":1e999999999}"), RunTaskRequest.builder()))
        .isInstanceOf(Refusal.class);
    String digits = "{\"count\":" + "9".repeat(500_000) + "}";
    assertThatThrownBy(() -> JsonShapes.fill(bytes(digits), RunTaskRequest.builder()))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void refusesInvalidUtf8AndOtherCharsets() {
    byte[] json = bytes("{\"cluster\":\"aX\"}");
    for (int bad : new int[] {0x80, 0xC0, 0xED, 0xFF}) {
      byte[] changed = json.clone();
      changed[13] = (byte) bad;
      assertThatThrownBy(() -> JsonShapes.fill(changed, RunTaskRequest.builder()))
          .isInstanceOf(Refusal.class);
    }
    byte[] utf16 = "{\"cluster\":\"a\"}".getBytes(StandardCharsets.UTF_16BE);
    assertThatThrownBy(() -> JsonShapes.fill(utf16, RunTaskRequest.builder()))
        .isInstanceOf(Refusal.class);
  }

  private static SdkPojo labels(String labels) {
    return JsonShapes.read(
        bytes("{\"containerDefinitions\":[{\"dockerLabels\":" + labels + "}]}"),
        RegisterTaskDefinitionRequest.builder());
  }

  private static Task task(String json) {
    return JsonShapes.read(bytes(json), Task.builder());
  }

  private static void isSerializationException(Refusal refusal) {
    assertThat(refusal.error().code()).isEqualTo("SerializationException");
    assertThat(refusal.error().status()).isEqualTo(400);
    assertThat(refusal.error().members()).isEqualTo(Map.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
