package dev.roadstead.agent.engine;

import dev.roadstead.link.api.NetworkBinding;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container to create.
///
/// @param command empty: the image's own
/// @param env `NAME=value`
/// @param ports published ports; ranges are already split into single ports
/// @param binds `source:target[:ro]`, the source a path of the host or a volume's name
/// @param links `container name:alias`
/// @param volumesFrom `container name[:ro]`
/// @param networkMode `bridge`, `host`, `none`
/// @param cpuShares 0: the engine's default
/// @param memoryBytes 0: no limit
/// @param cgroupParent empty: the engine's default
/// @param runtime the engine's name of an OCI runtime; null for its default
/// @param configJson Docker's ContainerConfig, merged over all above; null for none
/// @param hostConfigJson Docker's HostConfig, merged over all above; null for none
@RecordBuilder
public record ContainerSpec(
    String name,
    String image,
    List<String> command,
    List<String> entryPoint,
    List<String> env,
    Map<String, String> labels,
    List<NetworkBinding> ports,
    List<String> binds,
    List<String> links,
    List<String> volumesFrom,
    String networkMode,
    @Nullable String pidMode,
    @Nullable String ipcMode,
    int cpuShares,
    long memoryBytes,
    String cgroupParent,
    @Nullable String runtime,
    @Nullable String configJson,
    @Nullable String hostConfigJson) {}
