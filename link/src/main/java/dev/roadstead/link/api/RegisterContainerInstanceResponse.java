package dev.roadstead.link.api;

import dev.roadstead.link.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The registered instance; every attribute sent must come back.
public record RegisterContainerInstanceResponse(@Nullable ContainerInstance containerInstance) {

  public record ContainerInstance(String containerInstanceArn, List<Attribute> attributes) {
    public ContainerInstance {
      attributes = Copies.of(attributes);
    }
  }
}
