/// Clusters: create, update, describe, list, delete.
/// Pure. Start at {@link dev.roadstead.control.ecs.cluster.CreateCluster}.
@NullMarked
package dev.roadstead.control.ecs.cluster;

import org.jspecify.annotations.NullMarked;
