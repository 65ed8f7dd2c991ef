package dev.roadstead.server.node;

import dev.roadstead.control.ecs.table.ContainerInstance;
import dev.roadstead.control.ecs.table.ContainerInstances;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.control.ecs.table.Tasks;
import dev.roadstead.engine.loop.Engine;
import dev.roadstead.engine.watch.Commit;
import dev.roadstead.engine.watch.Feed;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the engine and tells each session which of its tasks changed: work in proportion to the
/// changes, not to the tasks.
final class Followers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Followers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Engine engine;
  private final Map<String, AcsLink> links;
  private final Thread thread;
  private volatile boolean closing;

  Followers(Engine engine, Map<String, AcsLink> links) {
    this.engine = engine;
    this.links = links;
    this.thread = Thread.ofPlatform().name("agent-changes").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }

  private void run() {
    long position = engine.state().position();
    try {
      while (!closing) {
        switch (engine.feed().await(position, PATIENCE)) {
          case Feed.Commits news -> {
            for (Commit commit : news.commits()) {
              commit.touches().forEach(this::touched);
              position = commit.position();
            }
          }
          case Feed.TooOld news -> {
            position = news.last();
            links.values().forEach(AcsLink::resync);
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("changes are no longer followed: agents get them when they connect again", e);
    }
  }

  private void touched(Commit.Touch<?> touch) {
    if (touch.table().equals(Tasks.TABLE)) {
      task((Task) touch.before(), (Task) touch.after(), touch.key());
    } else if (touch.table().equals(ContainerInstances.TABLE)) {
      instance((ContainerInstance) touch.after(), touch.key());
    }
  }

  private void task(@Nullable Task before, @Nullable Task after, String key) {
    if (before != null
        && after != null
        && before.wanted() == after.wanted()
        && Objects.equals(before.instanceId(), after.instanceId())
        && before.connected() == after.connected()
        && before.stopped() == after.stopped()) {
      return;
    }
    Task latest = after == null ? before : after;
    String instanceKey = latest == null ? null : latest.instanceKey();
    AcsLink link = instanceKey == null ? null : links.get(instanceKey);
    if (link == null) {
      return;
    }
    if (after != null && after.wanted() && after.connected() && !after.stopped()) {
      link.settled(key);
    } else {
      link.changed(key);
    }
  }

  private void instance(@Nullable ContainerInstance after, String key) {
    AcsLink link = links.get(key);
    if (link != null && (after == null || after.status().equals(ContainerInstance.INACTIVE))) {
      link.look();
    }
  }
}
