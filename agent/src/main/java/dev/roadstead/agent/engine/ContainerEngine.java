package dev.roadstead.agent.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs containers. Calls block and may come from many threads. Real: Docker Engine; in tests: a
/// fake with virtual time.
public interface ContainerEngine extends AutoCloseable {
  void ping() throws EngineTrouble;

  EngineInfo info() throws EngineTrouble;

  /// The image on this host, or null.
  @Nullable ImageView image(String name) throws EngineTrouble;

  List<ImageView> images() throws EngineTrouble;

  /// Fetches an image. Ends early when the thread is interrupted.
  ///
  /// @param progress called whenever the transfer has moved on
  void pull(String image, @Nullable RegistryLogin login, Runnable progress) throws EngineTrouble;

  /// Removes an image, unless a container uses it (CONFLICT).
  void removeImage(String id) throws EngineTrouble;

  /// The new container's id.
  String create(ContainerSpec spec) throws EngineTrouble;

  /// Starting a running container does nothing.
  void start(String id) throws EngineTrouble;

  /// SIGTERM, after the time-out SIGKILL. Stopping a stopped container does nothing.
  void stop(String id, Duration timeout) throws EngineTrouble;

  /// Removes a container, by force, with its anonymous volumes. One that is gone is no trouble.
  void remove(String id) throws EngineTrouble;

  /// By id or name; null when there is none.
  @Nullable ContainerView inspect(String idOrName) throws EngineTrouble;

  /// Ids of all containers that carry a label, in whatever state.
  List<String> list(String label) throws EngineTrouble;

  /// One reading of a running container, in Docker's JSON.
  JsonNode stats(String id) throws EngineTrouble;

  void createVolume(
      String name, String driver, Map<String, String> options, Map<String, String> labels)
      throws EngineTrouble;

  /// Removes a volume. One that is gone is no trouble.
  void removeVolume(String name) throws EngineTrouble;

  /// Tells of containers that carry a label, until the stream breaks or the engine is closed.
  ///
  /// @param sinceNanos tells again what happened after this time; 0 for from now on
  /// @param opened called once the stream is open
  void events(String label, long sinceNanos, Runnable opened, Consumer<EngineEvent> sink)
      throws EngineTrouble;

  @Override
  void close();
}
