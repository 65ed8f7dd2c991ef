package dev.roadstead.wire.api;

/// Who sent a request, as its signature says.
///
/// @param account 12 digits
/// @param region from the signature's scope, for example `us-east-1`
/// @param principalArn who acts in that account
/// @param sourceAddress the peer's IP address
public record Caller(
    String account,
    String region,
    String accessKeyId,
    String principalArn,
    String sourceAddress,
    boolean secure) {}
