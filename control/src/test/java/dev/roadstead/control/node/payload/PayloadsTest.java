package dev.roadstead.control.node.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Rows;
import dev.roadstead.control.Stage;
import dev.roadstead.control.ecs.table.TaskBuilder;
import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.ecs.table.TaskDefinitionBuilder;
import dev.roadstead.link.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Golden: a change of these files is a change of what Docker is told.
final class PayloadsTest {
  @Test
  void everyFeatureInItsPlace() throws IOException {
    TaskDefinition definition =
        TaskDefinitionBuilder.builder(Rows.definition("web", 1))
            .document(file("everything.json"))
            .networkMode("host")
            .cpuUnits(256)
            .memoryMib(128)
            .build();
    var task =
        TaskBuilder.builder(Stage.task("t1", definition, Rows.instance("one")))
            .overrides(file("overrides.json"))
            .build();

    String payload = text(Payloads.run(task, Template.read(definition)));

    assertThat(payload).isEqualTo(file("everything.payload.json"));
    assertThat(text(Payloads.stop(task)))
        .isEqualTo(
            "{\"arn\":\"arn:aws:ecs:eu-central-1:123456789012:task/default/t1\","
                + "\"desiredStatus\":\"STOPPED\",\"taskClusterArn\":"
                + "\"arn:aws:ecs:eu-central-1:123456789012:cluster/default\"}");
  }

  private static String text(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }

  private static String file(String name) throws IOException {
    try (InputStream in = PayloadsTest.class.getResourceAsStream("/payload/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .strip();
    }
  }
}
