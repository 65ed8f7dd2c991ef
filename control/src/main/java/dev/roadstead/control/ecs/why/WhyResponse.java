package dev.roadstead.control.ecs.why;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/// The answer of {@link Why}, in the form of the SDK's model classes: members `subject`, `reason`
/// (a code of docs/reasons.md), `cause` (its text), `evidence`, `since` and `change`.
public final class WhyResponse implements SdkPojo {
  private static final List<SdkField<?>> FIELDS =
      List.of(
          text("subject", Finding::subject),
          text("reason", one -> one.reason().code()),
          text("cause", one -> one.reason().text()),
          Fields.texts(WhyResponse.class, "evidence", one -> one.finding.evidence()),
          Fields.time(WhyResponse.class, "since", one -> one.finding.since()),
          text("change", Finding::change));

  private final Finding finding;

  private WhyResponse(Finding finding) {
    this.finding = finding;
  }

  static WhyResponse of(Finding finding) {
    return new WhyResponse(finding);
  }

  public Finding finding() {
    return finding;
  }

  private static SdkField<String> text(String name, Function<Finding, @Nullable String> value) {
    return Fields.text(WhyResponse.class, name, one -> value.apply(one.finding), (_, _) -> {});
  }

  @Override
  public List<SdkField<?>> sdkFields() {
    return FIELDS;
  }
}
