package dev.roadstead.wire.sigv4;

/// Who signed a request, and for where.
///
/// @param account 12 digits
/// @param service the service the signature is scoped to, for example `ecs`
public record Identity(
    String accessKeyId, String account, String principalArn, String region, String service) {}
