package dev.roadstead.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A websocket's client side, RFC 6455, as far as the agent's channel needs it: text, ping, close.
final class SocketLine extends Line {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int SHORT_MAX = 125;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  /// Takes a text message.
  @FunctionalInterface
  interface Received {
    void received(byte[] bytes, int offset, int length) throws IOException;
  }

  private final Received received;
  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
  private boolean open;

  SocketLine(Reactor reactor, byte[] upgrade, Received received) throws IOException {
    super(reactor);
    this.received = received;
    send(ByteBuffer.wrap(upgrade));
  }

  boolean open() {
    return open;
  }

  void text(byte[] message) throws IOException {
    frame(TEXT, message);
  }

  @Override
  boolean busy() {
    return true; // the channel stays open
  }

  @Override
  void take(ByteBuffer in) throws IOException {
    if (!open) {
      Reply reply = Reply.parse(in);
      if (reply == null) {
        return;
      }
      if (reply.status() != 101) {
        throw new IOException("the upgrade was refused with " + reply.status());
      }
      in.position(in.position() + reply.headLength());
      open = true;
    }
    boolean whole;
    do {
      whole = frame(in);
    } while (whole);
  }

  /// Takes one frame from the buffer; false when it is not there as a whole.
  private boolean frame(ByteBuffer in) throws IOException {
    if (in.remaining() < 2) {
      return false;
    }
    int at = in.position();
    int first = in.get(at) & 0xFF;
    int small = in.get(at + 1) & 0x7F;
    int headLength = 2 + (small == LENGTH_16 ? 2 : small == LENGTH_64 ? 8 : 0);
    if (in.remaining() < headLength) {
      return false;
    }
    int length =
        small == LENGTH_16
            ? in.getShort(at + 2) & 0xFFFF
            : small == LENGTH_64 ? Math.toIntExact(in.getLong(at + 2)) : small;
    if (in.remaining() < headLength + length) {
      return false;
    }
    in.position(at + headLength + length);
    payload(first, in.array(), in.arrayOffset() + at + headLength, length);
    return true;
  }

  private void payload(int first, byte[] bytes, int offset, int length) throws IOException {
    switch (first & 0x0F) {
      case PING -> frame(PONG, Arrays.copyOfRange(bytes, offset, offset + length));
      case PONG -> {}
      case CLOSE ->
          throw new IOException("the server closed a websocket: " + reason(bytes, offset, length));
      default -> {
        if ((first & FINAL) == 0 || parts.size() > 0) {
          parts.write(bytes, offset, length);
          if ((first & FINAL) != 0) {
            byte[] whole = parts.toByteArray();
            parts.reset();
            received.received(whole, 0, whole.length);
          }
        } else {
          received.received(bytes, offset, length);
        }
      }
    }
  }

  /// The status code and the reason of a close frame.
  private static String reason(byte[] bytes, int offset, int length) {
    if (length < Short.BYTES) {
      return "no reason given";
    }
    int code = ByteBuffer.wrap(bytes, offset, Short.BYTES).getShort() & 0xFFFF;
    int rest = length - Short.BYTES;
    return code + " " + new String(bytes, offset + Short.BYTES, rest, StandardCharsets.UTF_8);
  }

  /// Masked with zeros, which leaves the payload as it is.
  private void frame(int type, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(2 + 8 + MASK_BYTES + payload.length);
    frame.put((byte) (FINAL | type));
    if (payload.length <= SHORT_MAX) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xFFFF) {
      frame.put((byte) (MASKED | LENGTH_16)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | LENGTH_64)).putLong(payload.length);
    }
    frame.putInt(0).put(payload);
    send(frame.flip());
  }
}
