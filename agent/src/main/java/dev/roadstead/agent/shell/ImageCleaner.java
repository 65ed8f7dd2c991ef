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
import java.util.concurrent.locks.Lock;
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

  /// Only while nothing is pulled: an image that a pull found here must not go before its use.
  void clean() {
    Lock exclusive = images.lock().writeLock();
    if (!exclusive.tryLock()) {
      return;
    }
    try {
      Instant now = clock.instant();
      Instant before = now.minus(settings.imageMinimumAge());
      Set<String> used = used();
      List<Images.Entry> all = images.entries();
      all.stream()
          .filter(image -> used.contains(tagged(image.name())))
          .forEach(image -> images.used(image.name(), now));
      all.stream()
          .filter(
              image -> !used.contains(tagged(image.name())) && image.pulledAt().isBefore(before))
          .sorted(Comparator.comparing(Images.Entry::usedAt).thenComparing(Images.Entry::name))
          .limit(settings.imagesPerCleanup())
          .forEach(this::remove);
    } finally {
      exclusive.unlock();
    }
  }

  private void remove(Images.Entry image) {
    try {
      ImageView view = engine.image(image.name());
      boolean ours = view != null && (image.id() == null || image.id().equals(view.id()));
      if (ours) {
        engine.removeImage(image.name()); // The engine refuses while a container uses it.
        LOG.info("image {} is removed", image.name());
      }
      images.forget(image.name());
    } catch (EngineTrouble e) {
      LOG.info("image {} stays: {}", image.name(), e.getMessage());
    }
  }

  /// `busybox` and `busybox:latest` are one.
  private static String tagged(String name) {
    boolean plain = !name.contains("@") && name.lastIndexOf(':') <= name.lastIndexOf('/');
    return plain ? name + ":latest" : name;
  }

  private Set<String> used() {
    var used = new TreeSet<String>();
    state
        .get()
        .tasks()
        .values()
        .forEach(
            task ->
                task.definition().containers().stream()
                    .map(Container::image)
                    .map(ImageCleaner::tagged)
                    .forEach(used::add));
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
