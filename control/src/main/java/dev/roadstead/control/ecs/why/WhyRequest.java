package dev.roadstead.control.ecs.why;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// The request of {@link Why}, in the form of the SDK's model classes; its own builder.
public final class WhyRequest implements SdkPojo {
  private static final List<SdkField<?>> FIELDS =
      List.of(Fields.text(WhyRequest.class, "subject", one -> one.subject, WhyRequest::subject));

  private @Nullable String subject;

  /// What is asked about: an ARN, `cluster/name` or a cluster's name; null when it was not sent.
  public @Nullable String subject() {
    return subject;
  }

  public WhyRequest subject(String text) {
    this.subject = text;
    return this;
  }

  @Override
  public List<SdkField<?>> sdkFields() {
    return FIELDS;
  }
}
