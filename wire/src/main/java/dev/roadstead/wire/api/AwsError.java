package dev.roadstead.wire.api;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// An error as AWS spells it.
///
/// @param code the exception's name in the service model, for example `ClusterNotFoundException`
/// @param status HTTP status: 400 for the caller's errors, 500 for ours
/// @param members further members of the error body beside the message, by wire name; values are
///     texts, numbers, or lists of texts
public record AwsError(
    String code, String message, int status, SequencedMap<String, Object> members) {
  public static final int CLIENT = 400;
  public static final int SERVER = 500;

  public static AwsError client(String code, String message) {
    return new AwsError(code, message, CLIENT, new LinkedHashMap<>());
  }

  public static AwsError server(String message) {
    return new AwsError("ServerException", message, SERVER, new LinkedHashMap<>());
  }

  public Refusal refusal() {
    return new Refusal(this);
  }
}
