package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.NodeState;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.agent.engine.ImageView;
import dev.roadstead.link.task.Container;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes images that this agent has pulled and nobody uses any more: now and then, some at a
/// time, longest unused first, and none that was pulled recently.
final class ImageCleaner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageCleaner.class);

  private final ContainerEngine engine;
  private final Images images;
  private final Settings settings;
  private final Supplier<NodeState> state;
  private final InstantSource clock;
  private @Nullable Thread thread;

  ImageCleaner(
      ContainerEngine engine,
      Images images,
      Settings settings,
      Supplier<NodeState> state,
      InstantSource clock) {
    this.engine = engine;
    this.images = images;
    this.settings = settings;
    this.state = state;
    this.clock = clock;
  }

  void start() {
    if (settings.imageCleanup()) {
      thread = Thread.ofVirtual().name("image-cleaner").start(this::live);
    }
  }

  private void live() {
    try {
      while (true) {
        Thread.sleep(settings.imageCleanupInterval());
        clean();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void clean() {
    Instant before = clock.instant().minus(settings.imageMinimumAge());
    Set<String> used = used();
    used.forEach(image -> images.used(image, clock.instant()));
    List<String> candidates =
        images.names().stream()
            .filter(image -> !used.contains(image) && images.pulledAt(image).isBefore(before))
            .sorted(Comparator.comparing(images::usedAt))
            .limit(settings.imagesPerCleanup())
            .toList();
    for (String image : candidates) {
      try {
        ImageView view = engine.image(image);
        if (view != null) {
          engine.removeImage(image); // The engine refuses while a container uses it.
          LOG.info("image {} is removed", image);
        }
        images.forget(image);
      } catch (EngineTrouble e) {
        LOG.info("image {} stays: {}", image, e.getMessage());
      }
    }
  }

  private Set<String> used() {
    var used = new TreeSet<String>();
    state
        .get()
        .tasks()
        .values()
        .forEach(
            task ->
                task.definition().containers().stream().map(Container::image).forEach(used::add));
    return used;
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
