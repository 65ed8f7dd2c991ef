package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Reads bodies within bounds of size and time. The time is for the whole body: a trickle of
/// bytes does not extend it.
final class Bodies {
  /// How much of a body that is too large is read on, so that its sender sees the answer: closing
  /// on unread bytes would reset the connection.
  private static final long DRAIN_BYTES = 8L << 20;

  /// Bodies up to this size mostly arrive in one piece, behind their headers.
  private static final long AT_ONCE_BYTES = 64L << 10;

  private static final Duration DRAIN_TIME = Duration.ofSeconds(2);
  private static final int TOO_LARGE = 413;
  private static final int TIMEOUT = 408;

  private final Limits limits;
  private final AtomicLong held = new AtomicLong();

  Bodies(Limits limits) {
    this.limits = limits;
  }

  Reading reading(Request request) {
    return new Reading(request);
  }

  /// One body on its way in. Whoever gets it must {@link #release} it when the answer is made.
  final class Reading {
    private final Request request;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(0);
    private byte @Nullable [] only;
    private int taken;

    private Reading(Request request) {
      this.request = request;
    }

    /// The body when all of it is here and it is a small one, else null: then {@link #await} it.
    /// Never blocks. Throws {@link Refusal}, after which the connection must not be used again.
    byte @Nullable [] arrived() {
      long length = request.getLength();
      if (length < 0 || length > Math.min(AT_ONCE_BYTES, limits.bodyBytes())) {
        return null;
      }
      try {
        for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
          if (Content.Chunk.isFailure(chunk)) {
            return null; // await() reads the same failure again
          }
          if (take(chunk)) {
            return whole();
          }
        }
        return null;
      } catch (Refusal refusal) {
        giveBack();
        throw refusal;
      }
    }

    /// The body; blocks until all of it is here. Throws {@link Refusal} as above, and
    /// {@link UncheckedIOException} when the peer is gone.
    byte[] await() {
      boolean complete = false;
      try {
        if (request.getLength() > limits.bodyBytes()) {
          throw tooLarge(request);
        }
        long deadline = System.nanoTime() + limits.bodyTime().toNanos();
        while (!take(next(request, deadline))) {
          // the next part
        }
        complete = true;
        return whole();
      } finally {
        if (!complete) {
          giveBack();
        }
      }
    }

    /// Whether that was the last part.
    private boolean take(Content.Chunk chunk) {
      try {
        byte[] part = part(chunk.getByteBuffer(), taken, request);
        taken += part.length;
        if (taken == part.length) {
          only = part;
        } else if (part.length > 0) {
          keep();
          gathered.writeBytes(part);
        }
        return chunk.isLast();
      } finally {
        chunk.release();
      }
    }

    private void giveBack() {
      held.addAndGet(-taken);
      taken = 0;
    }

    private void keep() {
      if (only != null) {
        gathered.writeBytes(only);
        only = null;
      }
    }

    private byte[] whole() {
      return only != null ? only : gathered.toByteArray();
    }
  }

  void release(byte[] body) {
    held.addAndGet(-body.length);
  }

  /// The bytes of a chunk, counted as held.
  private byte[] part(ByteBuffer bytes, int taken, Request request) {
    int size = bytes.remaining();
    if (taken + size > limits.bodyBytes()) {
      throw tooLarge(request);
    }
    if (held.addAndGet(size) > limits.bodiesBytes()) {
      held.addAndGet(-size);
      throw AwsError.client("ThrottlingException", "Rate exceeded").refusal();
    }
    byte[] part = new byte[size];
    bytes.get(part);
    return part;
  }

  private static Content.Chunk next(Request request, long deadline) {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        await(request, deadline);
      } else if (Content.Chunk.isFailure(chunk)) {
        throw new UncheckedIOException(new IOException(chunk.getFailure()));
      } else {
        return chunk;
      }
    }
  }

  private static void await(Request request, long deadline) {
    Semaphore arrived = new Semaphore(0);
    request.demand(arrived::release);
    try {
      if (arrived.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw refusal(
        TIMEOUT,
        "RequestTimeoutException",
        "Your socket connection to the server was not read from or written to within the timeout"
            + " period.");
  }

  private Refusal tooLarge(Request request) {
    if (!request.getHeaders().contains(HttpHeader.EXPECT)) {
      drain(request);
    }
    return refusal(
        TOO_LARGE,
        "RequestEntityTooLargeException",
        "Request must be smaller than " + limits.bodyBytes() + " bytes.");
  }

  private static void drain(Request request) {
    long deadline = System.nanoTime() + DRAIN_TIME.toNanos();
    long drained = 0;
    try {
      boolean last = false;
      while (!last && drained < DRAIN_BYTES) {
        Content.Chunk chunk = next(request, deadline);
        drained += chunk.remaining();
        last = chunk.isLast();
        chunk.release();
      }
    } catch (Refusal | UncheckedIOException _) {
      // The answer may be lost: the peer was told by how much it may be late.
      return;
    }
  }

  private static Refusal refusal(int status, String code, String text) {
    return new AwsError(code, text, status, new LinkedHashMap<>()).refusal();
  }
}
