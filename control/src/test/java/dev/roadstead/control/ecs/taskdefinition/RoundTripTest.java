package dev.roadstead.control.ecs.taskdefinition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.Family;
import dev.roadstead.control.ecs.taskdefinition.rule.Draft;
import dev.roadstead.wire.codec.JsonShapes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.Volume;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// Every member of the model's request comes back as it was sent. The requests are generated from
/// the model: nothing here lists its members, so a new one is covered when the SDK is updated.
/// Members go straight through {@link Defaults} and the row, past the rules, because generated
/// values contradict each other (a container with links in `awsvpc`).
class RoundTripTest {
  @Test
  void everyMemberComesBack() {
    RegisterTaskDefinitionRequest request = generated();
    Map<String, Object> sent = values(request);
    sent.remove("tags");

    TaskDefinition shown = stored(request);

    Map<String, Object> got = values(shown);
    assertThat(got).containsAllEntriesOf(sent);
    assertThat(sent.keySet()).hasSizeGreaterThan(15);
  }

  @Test
  void everyMemberOfAContainerAndAVolumeIsGenerated() {
    RegisterTaskDefinitionRequest request = generated();

    assertThat(values(request.containerDefinitions().getFirst()).keySet())
        .containsExactlyInAnyOrderElementsOf(names(ContainerDefinition.builder()));
    assertThat(values(request.volumes().getFirst()).keySet())
        .containsExactlyInAnyOrderElementsOf(names(Volume.builder()));
  }

  @Test
  void whatIsShownCanBeRegisteredAgainWithTheSameResult() {
    World world = Definitions.world();
    TaskDefinition first = Definitions.register(world, RuleSamples.rich());
    RegisterTaskDefinitionRequest.Builder again = RegisterTaskDefinitionRequest.builder();
    byte[] json = JsonShapes.write(first);
    TaskDefinition second = Definitions.register(world, JsonShapes.read(json, again));

    assertThat(second.toBuilder().revision(1).taskDefinitionArn(first.taskDefinitionArn()).build())
        .isEqualTo(first);
    assertThat(
            world
                .call(
                    new DescribeTaskDefinition(),
                    DescribeTaskDefinitionRequest.builder().taskDefinition("rich:1").build())
                .taskDefinition())
        .isEqualTo(first);
  }

  private static TaskDefinition stored(RegisterTaskDefinitionRequest request) {
    Family family = new Family(World.ACCOUNT, World.REGION, request.family(), 1);
    Draft draft = Draft.of(request);
    return TaskDefinitionShape.of(
        RegisterTaskDefinition.row(draft, family, List.of(), Definitions.world().call()));
  }

  private static RegisterTaskDefinitionRequest generated() {
    RegisterTaskDefinitionRequest.Builder builder = RegisterTaskDefinitionRequest.builder();
    fill(builder, RegisterTaskDefinitionRequest.class, 0);
    RegisterTaskDefinitionRequest request = builder.cpu("1024").memory("2048").build();
    return request.toBuilder()
        .taskRoleArn("arn:aws:iam::123456789012:role/a")
        .executionRoleArn("arn:aws:iam::123456789012:role/b")
        .placementConstraints(
            request.placementConstraints().getFirst().toBuilder().type("memberOf").build())
        .build();
  }

  private static void fill(SdkPojo builder, Class<?> shape, int depth) {
    int seed = depth * 100;
    for (SdkField<?> field : builder.sdkFields()) {
      field.set(builder, value(field, shape, ++seed));
    }
  }

  private static Object value(SdkField<?> field, Class<?> shape, int seed) {
    String type = field.marshallingType().getTargetClass().getSimpleName();
    return switch (type) {
      case "String" -> text(field.memberName(), shape, seed);
      case "Integer" -> 1 + seed;
      case "Boolean" -> true;
      case "Double" -> 0.5 + seed;
      case "List" -> {
        SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
        yield new ArrayList<>(List.of(element(element, field, shape, seed)));
      }
      case "Map" -> {
        SdkField<?> element = field.getTrait(MapTrait.class).valueFieldInfo();
        yield new LinkedHashMap<>(Map.of("k" + seed, element(element, field, shape, seed)));
      }
      case "SdkPojo" -> nested(field, seed);
      default -> throw new AssertionError("no generator for " + type);
    };
  }

  private static Object element(SdkField<?> element, SdkField<?> list, Class<?> shape, int seed) {
    return switch (element.marshallingType().getTargetClass().getSimpleName()) {
      case "String" -> text(list.memberName(), shape, seed);
      case "Integer" -> seed;
      default -> nested(element, seed);
    };
  }

  private static Object nested(SdkField<?> field, int seed) {
    SdkPojo builder = field.constructor().get();
    Object built = ((SdkBuilder<?, ?>) builder).build();
    fill(builder, built.getClass(), seed);
    return ((SdkBuilder<?, ?>) builder).build();
  }

  /// The last value of the member's enum, or a text of its own.
  private static String text(String member, Class<?> shape, int seed) {
    Class<?> type = enumOf(shape, member);
    if (type == null) {
      return "value-" + seed;
    }
    List<String> values = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      if (!((Enum<?>) constant).name().equals("UNKNOWN_TO_SDK_VERSION")) {
        values.add(constant.toString());
      }
    }
    return values.getLast();
  }

  private static @Nullable Class<?> enumOf(Class<?> shape, String member) {
    try {
      Type type = shape.getMethod(member).getGenericReturnType();
      if (type instanceof ParameterizedType list && list.getActualTypeArguments().length == 1) {
        type = list.getActualTypeArguments()[0];
      }
      return type instanceof Class<?> found && found.isEnum() ? found : null;
    } catch (NoSuchMethodException _) {
      return null;
    }
  }

  private static Map<String, Object> values(SdkPojo shape) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (SdkField<?> field : shape.sdkFields()) {
      Object value = field.getValueOrDefault(shape);
      if (value != null) {
        values.put(field.memberName(), value);
      }
    }
    return values;
  }

  private static List<String> names(SdkPojo shape) {
    return shape.sdkFields().stream().map(SdkField::memberName).toList();
  }
}
