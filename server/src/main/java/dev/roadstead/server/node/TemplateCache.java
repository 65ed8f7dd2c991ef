package dev.roadstead.server.node;

import dev.roadstead.control.ecs.table.TaskDefinition;
import dev.roadstead.control.node.payload.Template;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Task definitions as they were read, the latest used ones: a revision never changes what it says,
/// and many tasks share one.
final class TemplateCache implements Template.Source {
  /// A definition takes up to 64 KiB of JSON, some 5 KiB as a rule.
  static final int TEMPLATES_MAX = 2048;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Template> latest = new LinkedHashMap<>(16, 0.75f, true);

  @Override
  public Template of(TaskDefinition row) {
    Template known = find(row);
    if (known != null) {
      return known;
    }
    Template read = Template.read(row);
    lock.lock();
    try {
      latest.put(row.key(), read);
      if (latest.size() > TEMPLATES_MAX) {
        latest.remove(latest.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
    return read;
  }

  /// A family may be deleted and made again under the same key.
  private @org.jspecify.annotations.Nullable Template find(TaskDefinition row) {
    lock.lock();
    try {
      Template known = latest.get(row.key());
      return known != null && known.row().document().equals(row.document()) ? known : null;
    } finally {
      lock.unlock();
    }
  }
}
