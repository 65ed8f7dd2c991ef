package dev.roadstead.agent.shell;

import dev.roadstead.agent.core.Event;
import dev.roadstead.link.api.SubmitStateChangeResponse;
import dev.roadstead.link.api.SubmitTaskStateChangeRequest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends reports until they are accepted, for as long as it takes. The core hands out one report
/// per task at a time.
final class Reporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

  /// A control plane that comes back is not met by a thousand reports at once.
  private static final int PARALLEL_MAX = 10;

  private final ApiClient api;
  private final Consumer<Event> events;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits = new Semaphore(PARALLEL_MAX, true);

  Reporter(ApiClient api, Consumer<Event> events) {
    this.api = api;
    this.events = events;
  }

  void submit(SubmitTaskStateChangeRequest report) {
    if (!threads.isShutdown()) {
      threads.execute(() -> untilAccepted(report));
    }
  }

  private void untilAccepted(SubmitTaskStateChangeRequest report) {
    var backoff = Backoff.dialling();
    try {
      while (!accepted(report)) {
        backoff.pause();
      }
      events.accept(new Event.Reported(report));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean accepted(SubmitTaskStateChangeRequest report) throws InterruptedException {
    permits.acquire();
    try {
      api.call("SubmitTaskStateChange", report, SubmitStateChangeResponse.class);
      return true;
    } catch (ApiTrouble e) {
      LOG.warn("report of {} {} is not accepted yet: {}", report.task(), report.status(), e);
      return false;
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
