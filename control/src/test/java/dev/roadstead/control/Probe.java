package dev.roadstead.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.wire.api.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/// Sends a request once for every member of its model and every value of an enum: each must be
/// refused with an AWS error or be shown, none is dropped.
///
/// @param <I> the request
public abstract class Probe<I extends SdkPojo> {
  /// What an operation may refuse a member with; anything else is a fault.
  private static final Set<String> CODES =
      Set.of("InvalidParameterException", "ClientException", "UnsupportedFeatureException");

  /// A request that is accepted, with what a value at that path needs beside it.
  protected abstract I base(String path);

  /// The values to try at that path; null for those of the model.
  protected abstract @Nullable List<Object> samples(String path);

  /// Performs the request in a world of its own and returns what a describe shows after it.
  protected abstract SdkPojo shown(I request);

  /// Whether that value, accepted, shows.
  protected boolean shows(SdkPojo shown, String path, Object sent) {
    return Members.at(shown, path).contains(sent);
  }

  /// The paths of which a value is accepted. Fails when one is neither refused nor shown.
  public final Set<String> accepted() {
    Set<String> accepted = new TreeSet<>();
    List<String> dropped = new ArrayList<>();
    shown(base(""));
    for (String path : Members.leaves(base(""))) {
      List<Object> own = samples(path);
      for (Object value : own == null ? Members.samples(base(path), path) : own) {
        SdkPojo shown = attempt(path, value);
        if (shown == null) {
          continue;
        }
        accepted.add(path);
        if (!shows(shown, path, value)) {
          dropped.add(path + "=" + value);
        }
      }
    }
    assertThat(dropped).as("accepted and not shown").isEmpty();
    return accepted;
  }

  private @Nullable SdkPojo attempt(String path, Object value) {
    try {
      return shown(Members.with(base(path), path, value));
    } catch (Refusal refusal) {
      assertThat(CODES).as(path + "=" + value).contains(refusal.error().code());
      assertThat(refusal.error().message()).as(path + "=" + value).isNotEmpty();
      return null;
    }
  }
}
