package dev.roadstead.engine.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/// One directory of files: the few things that log and snapshots do with it.
public interface Disk extends AutoCloseable {
  /// The names of the files, sorted.
  List<String> list() throws IOException;

  /// Opens for writing at the end; makes the file when missing.
  Appender append(String name) throws IOException;

  InputStream read(String name) throws IOException;

  /// Gives a file its final name, replacing another of that name. All or nothing.
  void rename(String from, String to) throws IOException;

  /// Removes the file if there is one.
  void delete(String name) throws IOException;

  /// Makes names durable: what was created, renamed and deleted.
  void sync() throws IOException;

  @Override
  void close();

  /// An open file.
  interface Appender extends AutoCloseable {
    /// Writes all that remains.
    void write(ByteBuffer bytes) throws IOException;

    /// Makes what was written durable.
    void force() throws IOException;

    /// Cuts the file; further writes go to its new end.
    void truncate(long size) throws IOException;

    @Override
    void close();
  }
}
