package dev.roadstead.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roadstead.agent.core.Health;
import dev.roadstead.agent.core.Sighting;
import org.junit.jupiter.api.Test;

/// What Docker's inspection of a container is read as.
class ViewsTest {
  private static Sighting sighting(String health) throws JsonProcessingException {
    String json = "{\"Id\": \"i\", \"State\": {\"Running\": true, \"Health\": " + health + "}}";
    return Views.container(new ObjectMapper().readTree(json)).sighting();
  }

  @Test
  void theNewestFailedCheckIsToldWithItsExitAndOutput() throws JsonProcessingException {
    Sighting sick =
        sighting(
            "{\"Status\": \"unhealthy\", \"Log\": [{\"ExitCode\": 2, \"Output\": \"old\"},"
                + " {\"ExitCode\": 1, \"Output\": \"connection refused\\n\"}]}");
    assertThat(sick.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(sick.probe()).isEqualTo("the health check exited with 1: connection refused");
    assertThat(sighting("{\"Status\": \"unhealthy\", \"Log\": [{\"ExitCode\": -1}]}").probe())
        .isEqualTo("the health check exited with -1");
  }

  @Test
  void aCheckThatPassesOrIsNotThereTellsNothing() throws JsonProcessingException {
    assertThat(sighting("null").probe()).isNull();
    assertThat(sighting("{\"Status\": \"starting\", \"Log\": []}").probe()).isNull();
    assertThat(
            sighting("{\"Status\": \"healthy\", \"Log\": [{\"ExitCode\": 0, \"Output\": \"ok\"}]}")
                .probe())
        .isNull();
  }
}
