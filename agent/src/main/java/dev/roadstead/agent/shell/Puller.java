package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.Event;
import dev.roadstead.agent.core.TaskState;
import dev.roadstead.agent.engine.ContainerEngine;
import dev.roadstead.agent.engine.EngineTrouble;
import dev.roadstead.agent.engine.ImageView;
import dev.roadstead.agent.shell.Settings.PullBehavior;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings images to the host.
///
/// One departure from Amazon's agent under `default`: an image that is here already and whose name
/// names no registry host (`busybox`, `library/nginx:1`), or names a digest, is used as it is. A
/// registry that cannot be reached would otherwise hold up every start. `always` fetches anew.
final class Puller {
  private static final Logger LOG = LoggerFactory.getLogger(Puller.class);

  /// Tries of a failing pull, and the waits between them. Source: Amazon's agent.
  private static final int ATTEMPTS = 5;

  private static final Duration PAUSE = Duration.ofMillis(1100);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

  /// A pull without progress for this long is given up. Source: Amazon's agent.
  private static final Duration STALL = Duration.ofMinutes(1);

  private static final String CANCELLED = "the pull was cancelled";

  private static final Duration TOTAL = Duration.ofHours(2);

  private final ContainerEngine engine;
  private final PullBehavior behavior;
  private final InstantSource clock;
  private final Images images;
  private final Map<String, Thread> running = new ConcurrentHashMap<>();

  Puller(ContainerEngine engine, PullBehavior behavior, InstantSource clock, Images images) {
    this.engine = engine;
    this.behavior = behavior;
    this.clock = clock;
    this.images = images;
  }

  /// Blocks until the image is here or cannot be had.
  Event.Pulled pull(TaskState task, String container) {
    String key = task.arn() + "/" + container;
    running.put(key, Thread.currentThread());
    Lock shared = images.lock().readLock();
    shared.lock();
    try {
      return pull(task.arn(), container, task.definition(container).image());
    } finally {
      shared.unlock();
      running.remove(key);
    }
  }

  void cancel(String taskArn, String container) {
    Thread thread = running.get(taskArn + "/" + container);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private Event.Pulled pull(String arn, String container, String image) {
    boolean local = false;
    if (behavior != PullBehavior.ALWAYS) {
      try {
        local = Patience.call(Patience.USUAL, () -> engine.image(image) != null);
      } catch (EngineTrouble e) {
        LOG.info("cannot look for image {}: {}", image, e.getMessage());
      } catch (InterruptedException e) {
        return new Event.Pulled(arn, container, CANCELLED, null, null, null);
      }
    }
    boolean enough =
        switch (behavior) {
          case DEFAULT -> local && !mayHaveMoved(image);
          case ALWAYS -> false;
          case ONCE -> local && images.pulled(image);
          case PREFER_CACHED -> local;
        };
    if (enough) {
      return new Event.Pulled(arn, container, null, null, null, null);
    }
    Instant started = clock.instant();
    String error = transfer(image, local);
    boolean fallBack =
        local && (behavior == PullBehavior.DEFAULT || behavior == PullBehavior.PREFER_CACHED);
    ImageView view = error == null ? view(image) : null;
    if (error == null) {
      images.pulled(image, view == null ? null : view.id(), clock.instant());
    } else if (fallBack) {
      LOG.info("image {} cannot be pulled, the local one is used: {}", image, error);
      return new Event.Pulled(arn, container, null, null, null, null);
    }
    return new Event.Pulled(
        arn,
        container,
        error == null ? null : "CannotPullContainerError: " + error,
        started,
        clock.instant(),
        view == null ? null : view.digest());
  }

  private @Nullable ImageView view(String image) {
    try {
      return engine.image(image);
    } catch (EngineTrouble e) {
      return null;
    }
  }

  /// True when the registry may have another image under this name, and can be known.
  static boolean mayHaveMoved(String image) {
    if (image.contains("@")) {
      return false;
    }
    int slash = image.indexOf('/');
    String host = slash < 0 ? "" : image.substring(0, slash);
    return host.contains(".") || host.contains(":") || host.equals("localhost");
  }

  /// The last error, or null.
  private @Nullable String transfer(String image, boolean local) {
    var backoff = new Backoff(PAUSE, PAUSE_MAX, 2);
    String error = null;
    int attempts = local ? 1 : ATTEMPTS;
    for (int i = 0; i < attempts; i++) {
      try {
        if (i > 0) {
          backoff.pause();
        }
        Patience.call(
            Patience.USUAL,
            () -> {
              watched(image);
              return image;
            });
        return null;
      } catch (EngineTrouble e) {
        error = e.getMessage();
        boolean noUse = e.kind() == EngineTrouble.Kind.NOT_FOUND; // So says the registry.
        if (noUse || e.kind() == EngineTrouble.Kind.UNREACHABLE) {
          return error;
        }
      } catch (InterruptedException e) {
        return CANCELLED;
      }
    }
    return error;
  }

  /// A pull that is given up when it stalls.
  private void watched(String image) throws EngineTrouble {
    var lastMove = new AtomicLong(System.nanoTime());
    Thread puller = Thread.currentThread();
    long begun = System.nanoTime();
    Thread watch =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (true) {
                      Thread.sleep(Duration.ofSeconds(1));
                      long now = System.nanoTime();
                      if (now - lastMove.get() > STALL.toNanos() || now - begun > TOTAL.toNanos()) {
                        puller.interrupt();
                        return;
                      }
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    try {
      engine.pull(image, null, () -> lastMove.set(System.nanoTime()));
    } finally {
      watch.interrupt();
    }
  }
}
