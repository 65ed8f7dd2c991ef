package dev.roadstead.wire.sigv4;

import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.api.Refusal;

/// AWS's refusals of a signature, all with status 400 as its JSON services answer them. None
/// repeats what the caller sent in its Authorization header.
final class SignatureErrors {
  private SignatureErrors() {}

  static Refusal missing() {
    return refuse("MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  static Refusal incomplete(String text) {
    return refuse("IncompleteSignatureException", text);
  }

  static Refusal unknownKey() {
    return refuse(
        "UnrecognizedClientException", "The security token included in the request is invalid.");
  }

  static Refusal invalid(String text) {
    return refuse("InvalidSignatureException", text);
  }

  static Refusal mismatch() {
    return invalid(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  static Refusal unsigned(String header) {
    return invalid("'" + header + "' must be a 'SignedHeader' in the AWS Authorization.");
  }

  private static Refusal refuse(String code, String text) {
    return AwsError.client(code, text).refusal();
  }
}
