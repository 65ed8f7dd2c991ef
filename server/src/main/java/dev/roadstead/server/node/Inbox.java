package dev.roadstead.server.node;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/// What others leave for one session: bounded, safe from any thread.
final class Inbox {
  /// Changed tasks; beyond, the session looks at all of its tasks.
  static final int CHANGED_MAX = 16_384;

  private Set<String> changed = new LinkedHashSet<>();
  private boolean resync;
  private boolean tick;
  private boolean ended;

  /// What came together.
  ///
  /// @param changed tasks by key
  /// @param ended the session is not wanted any more
  record Batch(Set<String> changed, boolean resync, boolean tick, boolean ended) {}

  synchronized void changed(String taskKey) {
    if (resync) {
      return;
    }
    changed.add(taskKey);
    if (changed.size() > CHANGED_MAX) {
      resync();
    }
  }

  synchronized void resync() {
    resync = true;
    changed = new LinkedHashSet<>();
  }

  synchronized void tick() {
    tick = true;
  }

  synchronized void end() {
    ended = true;
  }

  /// Takes all there is. `ended` stays.
  synchronized Batch take() {
    Set<String> touched = changed.isEmpty() ? Set.of() : Collections.unmodifiableSet(changed);
    if (!touched.isEmpty()) {
      changed = new LinkedHashSet<>();
    }
    Batch batch = new Batch(touched, resync, tick, ended);
    resync = false;
    tick = false;
    return batch;
  }
}
