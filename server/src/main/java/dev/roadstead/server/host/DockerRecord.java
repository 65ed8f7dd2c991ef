package dev.roadstead.server.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Which engine the agent of a data directory uses: what `down --containers` must know when nobody
/// runs any more.
///
/// @param host `unix:///path` or `tcp://host:port`
/// @param owned true for a private engine: every container in it is ours
/// @param cluster the cluster that the agent belongs to
public record DockerRecord(String host, boolean owned, String cluster) {
  private static final String FILE = "docker.properties";

  public static @Nullable DockerRecord read(Path data) throws IOException {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return null;
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return new DockerRecord(
        properties.getProperty("host", DockerChoice.USUAL),
        Boolean.parseBoolean(properties.getProperty("owned")),
        properties.getProperty("cluster", "default"));
  }

  public void write(Path data) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("host", host);
    properties.setProperty("owned", Boolean.toString(owned));
    properties.setProperty("cluster", cluster);
    try (OutputStream out = Files.newOutputStream(data.resolve(FILE))) {
      properties.store(out, "The Docker Engine that this data directory's agent uses.");
    }
  }
}
