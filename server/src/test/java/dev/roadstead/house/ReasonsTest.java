package dev.roadstead.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.ecs.why.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The page of reasons says what `why` can say. Written anew with `-Dcoverage.write=true`.
final class ReasonsTest {
  @Test
  void thePageIsTheList() throws IOException {
    Path page = Tree.root().resolve("docs/reasons.md");
    if (Boolean.getBoolean("coverage.write")) {
      Files.writeString(page, page());
    }
    assertThat(page).as("write it anew: see CONTRIBUTING.md").hasContent(page());
  }

  private static String page() {
    StringBuilder page = new StringBuilder("# Reasons\n\n");
    page.append(
        "Everything that `./roadstead why` can name. Made from the list by ReasonsTest.\n\n");
    page.append("| Code | What it means | What helps |\n|---|---|---|\n");
    for (Reason one : Reason.values()) {
      page.append("| `").append(one.code()).append("` | ").append(one.text()).append(" | ");
      page.append(one.advice()).append(" |\n");
    }
    return page.toString();
  }
}
