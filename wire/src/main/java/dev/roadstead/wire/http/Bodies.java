package dev.roadstead.wire.http;

import dev.roadstead.wire.api.AwsError;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Takes bodies in within bounds: each of them, and all that are being read or answered.
final class Bodies {
  /// How much of a body that is too large is read on, so that its sender sees the answer: closing
  /// on unread bytes would reset the connection.
  static final long DRAIN_BYTES = 8L << 20;

  private static final int TOO_LARGE = 413;
  private static final int TIMEOUT = 408;
  private static final byte[] NOTHING = new byte[0];

  private final Limits limits;
  private final AtomicLong held = new AtomicLong();

  Bodies(Limits limits) {
    this.limits = limits;
  }

  Body begin() {
    return new Body();
  }

  /// Why a body of this announced length is refused; null when it is not.
  @Nullable AwsError refusal(long length) {
    return length > limits.bodyBytes() ? tooLarge() : null;
  }

  static AwsError timeout() {
    return new AwsError(
        "RequestTimeoutException",
        "Your socket connection to the server was not read from or written to within the timeout"
            + " period.",
        TIMEOUT,
        new LinkedHashMap<>());
  }

  private AwsError tooLarge() {
    return new AwsError(
        "RequestEntityTooLargeException",
        "Request must be smaller than " + limits.bodyBytes() + " bytes.",
        TOO_LARGE,
        new LinkedHashMap<>());
  }

  /// One body. Of one thread at a time. Its bytes count as held until it is released.
  final class Body {
    private byte[] only = NOTHING;
    private @Nullable ByteArrayOutputStream gathered;
    private int taken;

    private Body() {}

    /// Adds a part. Returns why no more is taken, or null.
    @Nullable AwsError take(ByteBuf part) {
      int size = part.readableBytes();
      if (size == 0) {
        return null;
      }
      if (taken + size > limits.bodyBytes()) {
        return tooLarge();
      }
      taken += size;
      if (held.addAndGet(size) > limits.bodiesBytes()) {
        return AwsError.client("ThrottlingException", "Rate exceeded");
      }
      byte[] bytes = new byte[size];
      part.readBytes(bytes);
      if (taken == size) {
        only = bytes;
      } else {
        gather(bytes);
      }
      return null;
    }

    private void gather(byte[] bytes) {
      ByteArrayOutputStream all = gathered;
      if (all == null) {
        all = new ByteArrayOutputStream(2 * only.length);
        all.writeBytes(only);
        only = NOTHING;
        gathered = all;
      }
      all.writeBytes(bytes);
    }

    byte[] whole() {
      return gathered == null ? only : gathered.toByteArray();
    }

    /// Forgets the bytes.
    void release() {
      held.addAndGet(-taken);
      taken = 0;
      only = NOTHING;
      gathered = null;
    }
  }
}
