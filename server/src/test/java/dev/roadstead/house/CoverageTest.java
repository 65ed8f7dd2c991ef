package dev.roadstead.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.Services;
import dev.roadstead.control.api.Entry;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.wire.api.ServiceShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The coverage page says what the catalogue says. Written anew with `-Dcoverage.write=true`.
final class CoverageTest {
  // The model of the SDK this is built with; it only grows.
  private static final int ECS_OPERATIONS_MIN = 77;

  private final Services services = new Services(_ -> "http://127.0.0.1", TaskHistory.NONE);

  @Test
  void thePageIsTheCatalogue() throws IOException {
    Path page = Tree.root().resolve("docs/coverage.md");
    if (Boolean.getBoolean("coverage.write")) {
      Files.writeString(page, page());
    }
    assertThat(page).as("write it anew: see CONTRIBUTING.md").hasContent(page());
  }

  @Test
  void everyOperationOfTheModelIsListed() {
    for (ServiceShape shape : services.shapes()) {
      int listed = shape.operations().size() + shape.unbuilt().size();
      assertThat(listed).as(shape.signingName()).isGreaterThanOrEqualTo(ECS_OPERATIONS_MIN);
    }
  }

  private String page() {
    StringBuilder page = new StringBuilder("# Coverage\n\n");
    page.append("Made from the catalogue by CoverageTest. Every operation of the SDK's model.\n");
    for (ServiceShape shape : services.shapes()) {
      TreeMap<String, String> rows = new TreeMap<>();
      shape.unbuilt().forEach(name -> rows.put(name, "absent | "));
      shape.operations().forEach(operation -> rows.put(operation.name(), "done | "));
      for (Entry entry : services.operations()) {
        String name = entry.shape().name();
        if (rows.containsKey(name) && !entry.missing().isEmpty()) {
          rows.put(name, "partial | " + entry.missing());
        }
      }
      long absent = shape.unbuilt().size();
      page.append("\n## ").append(shape.signingName()).append("\n\n");
      page.append(rows.size()).append(" operations, ").append(absent).append(" absent.\n\n");
      page.append("| Operation | State | Missing |\n|---|---|---|\n");
      rows.forEach(
          (name, state) ->
              page.append("| ").append(name).append(" | ").append(state).append(" |\n"));
    }
    return page.toString();
  }
}
