package dev.roadstead.wire.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;

/// The refusals of a body that cannot be read: all `SerializationException`, status 400.
/// Texts after those of AWS's JSON services where these were seen; the member is ours.
final class Malformed {
  private static final String CODE = "SerializationException";

  private Malformed() {}

  static Refusal because(String text) {
    return AwsError.client(CODE, text).refusal();
  }

  static Refusal empty() {
    return because("Request body is empty: expected a JSON object.");
  }

  static Refusal notAnObject() {
    return because("Request body is not a JSON object.");
  }

  static Refusal syntax(int line, int column) {
    return because("Request body is not valid JSON: line " + line + ", column " + column + ".");
  }

  static Refusal tooMuch() {
    return because(
        "Request body is nested too deeply, or holds a name or number that is too long.");
  }

  static Refusal tooLong(int bytesMax) {
    return because("Request body is longer than " + bytesMax + " bytes.");
  }

  static Refusal trailing() {
    return because("Request body goes on after its JSON object.");
  }

  static Refusal twice(String member) {
    return because("Member appears more than once: " + member);
  }

  static Refusal nothing(String member) {
    return because("NULL_VALUE can not be an element of a list or map (" + member + ")");
  }

  static Refusal text(String member) {
    return because("STRING_VALUE is not well-formed Unicode (" + member + ")");
  }

  static Refusal range(Member member) {
    return because("NUMBER_VALUE is out of range for " + of(member));
  }

  static Refusal base64(Member member) {
    return because("STRING_VALUE is not base64, can not be converted to " + of(member));
  }

  static Refusal type(JsonToken token, Member member) {
    return because(
        switch (token) {
          case START_OBJECT -> "Start of structure or map found where not expected: " + of(member);
          case START_ARRAY -> "Start of list found where not expected: " + of(member);
          default -> spoken(token) + " can not be converted to " + of(member);
        });
  }

  private static String of(Member member) {
    return member.kind.spoken + " (" + member.name.getValue() + ")";
  }

  private static String spoken(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> "STRING_VALUE";
      case VALUE_NUMBER_INT -> "NUMBER_VALUE";
      case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE";
      case VALUE_TRUE -> "TRUE_VALUE";
      case VALUE_FALSE -> "FALSE_VALUE";
      default -> token.name();
    };
  }
}
