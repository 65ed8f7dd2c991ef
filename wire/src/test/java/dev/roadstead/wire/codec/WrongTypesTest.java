package dev.roadstead.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roadstead.wire.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkPojo;

/// Sends every kind of JSON value to every member, at every depth, of every shape.
class WrongTypesTest {
  private static final int DEPTH_MAX = 6;
  private static final List<String> VALUES =
      List.of("\"text\"", "1.5", "true", "[]", "{}", "9999999999999999999999");

  @TestFactory
  List<DynamicTest> refusesEveryWrongTypeOfEveryMember() {
    return Shapes.all().entrySet().stream()
        .map(
            shape ->
                DynamicTest.dynamicTest(
                    shape.getKey(),
                    () -> {
                      Plan plan = Plan.of(Shapes.builder(shape.getValue()));
                      structure(shape.getValue(), plan, "", "", 0);
                    }))
        .toList();
  }

  private static void structure(
      Class<? extends SdkPojo> type, Plan plan, String before, String after, int depth) {
    for (Member member : plan.members) {
      String open = before + "{\"" + member.name.getValue() + "\":";
      member(type, member, open, "}" + after, depth);
    }
  }

  private static void member(
      Class<? extends SdkPojo> type, Member member, String before, String after, int depth) {
    for (String value : VALUES) {
      byte[] json = (before + value + after).getBytes(StandardCharsets.UTF_8);
      if (fits(member.kind, value)) {
        assertThat(JsonShapes.fill(json, Shapes.builder(type))).isNotNull();
      } else {
        assertThatThrownBy(() -> JsonShapes.fill(json, Shapes.builder(type)))
            .as("%s %s", type.getSimpleName(), before + value + after)
            .isInstanceOfSatisfying(
                Refusal.class,
                r -> assertThat(r.error().code()).isEqualTo("SerializationException"));
      }
    }
    if (depth < DEPTH_MAX) {
      switch (member.kind) {
        case STRUCTURE -> structure(type, member.structure(), before, after, depth + 1);
        case LIST -> member(type, member.element(), before + "[", "]" + after, depth + 1);
        case MAP -> member(type, member.element(), before + "{\"key\":", "}" + after, depth + 1);
        default -> assertThat(member.kind).isNotNull();
      }
    }
  }

  private static boolean fits(Kind kind, String value) {
    return switch (kind) {
      case STRING -> value.equals("\"text\"");
      case INTEGER, LONG, SHORT, BYTE -> false;
      case FLOAT, DOUBLE, DECIMAL -> value.equals("1.5") || value.startsWith("9");
      case INSTANT -> value.equals("1.5");
      case BOOLEAN -> value.equals("true");
      case BYTES -> value.equals("\"text\"");
      case STRUCTURE, MAP -> value.equals("{}");
      case LIST -> value.equals("[]");
      case DOCUMENT -> true;
    };
  }
}
