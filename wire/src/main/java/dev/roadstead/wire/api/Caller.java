package dev.roadstead.wire.api;

/// Who sent a request, as its signature says.
///
/// @param account 12 digits
/// @param region from the signature's scope, for example `us-east-1`
/// @param principalArn who acts in that account
/// @param sourceAddress the peer's IP address
/// @param host the Host header, `HOST` or `HOST:PORT`, as sent: under the signature where one is
///     verified; empty when there is none
public record Caller(
    String account,
    String region,
    String accessKeyId,
    String principalArn,
    String sourceAddress,
    String host,
    boolean secure) {}
