package dev.roadstead.wire.http;

import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// Runs Jetty's jobs. A connection that goes on after an answer that came later is a job: it is run
/// at once, by the thread that wrote the answer, since waking another costs more than the job.
final class Resuming implements Executor, VirtualThreads.Configurable {
  private final QueuedThreadPool threads;

  Resuming(QueuedThreadPool threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable job) {
    if (job instanceof Connection) {
      job.run();
    } else {
      threads.execute(job);
    }
  }

  @Override
  public @Nullable Executor getVirtualThreadsExecutor() {
    return threads.getVirtualThreadsExecutor();
  }

  @Override
  public void setVirtualThreadsExecutor(@Nullable Executor executor) {
    threads.setVirtualThreadsExecutor(executor);
  }
}
