package dev.roadstead.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.link.task.Task;
import dev.roadstead.link.task.Task.Association;
import dev.roadstead.link.task.TaskBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GpusTest {
  @TempDir Path driver;

  @Test
  void areTheDriversDevicesInTheOrderOfTheirAddresses() throws IOException {
    device("0000:02:00.0", "Model: \t A10G\nGPU UUID: \t GPU-22\nBus Type: \t PCIe\n");
    device("0000:01:00.0", "Model: \t A10G\nGPU UUID: \t GPU-11\n");
    device("0000:03:00.0", "Model: \t unknown\n");
    assertThat(Gpus.onHost(driver)).containsExactly("GPU-11", "GPU-22");
    assertThat(Gpus.onHost(driver.resolve("absent"))).isEmpty();
  }

  private void device(String address, String information) throws IOException {
    Path device = Files.createDirectory(driver.resolve(address));
    Files.writeString(device.resolve("information"), information);
  }

  @Test
  void areAContainersByTheirAssociations() {
    Task task =
        TaskBuilder.builder()
            .arn("arn:aws:ecs:eu-central-1:111122223333:task/default/1")
            .associations(
                List.of(
                    new Association("g0", "gpu", List.of("one"), null),
                    new Association("g1", "gpu", List.of("two"), null),
                    new Association("g2", "gpu", List.of("one"), null),
                    new Association("e0", "elastic-inference", List.of("one"), null)))
            .build();
    assertThat(Gpus.of(task, "one")).containsExactly("g0", "g2");
    assertThat(Gpus.of(task, "other")).isEmpty();
  }
}
