package dev.roadstead.control.api;

import software.amazon.awssdk.core.SdkPojo;

/// One AWS operation: a pure function from the state and a request to an answer. Refuses by
/// throwing {@link dev.roadstead.wire.api.Refusal}; then nothing is written.
public sealed interface Operation<I extends SdkPojo, O extends SdkPojo> permits Read, Write {}
