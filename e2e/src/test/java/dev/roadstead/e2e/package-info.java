/// Real containers, the real AWS CLI and SDK, against the built server, over the wire only. Needs
/// root, dockerd and a static busybox. Start at {@link dev.roadstead.e2e.Harness}.
@NullMarked
package dev.roadstead.e2e;

import org.jspecify.annotations.NullMarked;
