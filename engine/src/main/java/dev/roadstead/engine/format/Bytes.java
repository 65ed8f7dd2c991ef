package dev.roadstead.engine.format;

import dev.roadstead.base.Bug;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A growing array of bytes that can be cut back. For one thread.
public final class Bytes extends OutputStream {
  private static final int BLOCK_LENGTH_BYTES = 4; // room for a varint of up to 28 bits
  private static final int BLOCK_MAX = (1 << 28) - 1;

  private byte[] array;
  private int size;

  public Bytes(int capacity) {
    array = new byte[capacity];
  }

  public int size() {
    return size;
  }

  /// The array behind it; only the first `size` bytes mean something.
  public byte[] array() {
    return array;
  }

  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(array, 0, size);
  }

  /// Forgets everything from there on.
  public void cut(int newSize) {
    if (newSize > size) {
      throw new Bug("cut beyond the end");
    }
    size = newSize;
  }

  @Override
  public void write(int value) {
    grow(1);
    array[size++] = (byte) value;
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    grow(length);
    System.arraycopy(from, offset, array, size, length);
    size += length;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  /// Appends a length and these bytes.
  void writeBlock(byte[] block) {
    writeLength(block.length);
    write(block, 0, block.length);
  }

  private void writeLength(int length) {
    int rest = length;
    while (rest >= 0x80) {
      write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write(rest);
  }

  /// Leaves room for a length; what is written next is the block, until {@link #closeBlock}.
  public int openBlock() {
    grow(BLOCK_LENGTH_BYTES);
    int mark = size;
    size += BLOCK_LENGTH_BYTES;
    return mark;
  }

  /// Fills in the length, as a varint padded to four bytes.
  public void closeBlock(int mark) {
    int length = size - mark - BLOCK_LENGTH_BYTES;
    if (length > BLOCK_MAX) {
      throw new Bug("a block of " + length + " bytes");
    }
    array[mark] = (byte) ((length & 0x7f) | 0x80);
    array[mark + 1] = (byte) (((length >>> 7) & 0x7f) | 0x80);
    array[mark + 2] = (byte) (((length >>> 14) & 0x7f) | 0x80);
    array[mark + 3] = (byte) (length >>> 21);
  }

  private void grow(int more) {
    if (size + more > array.length) {
      array = Arrays.copyOf(array, Math.max(size + more, array.length * 2));
    }
  }
}
