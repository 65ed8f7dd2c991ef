package dev.roadstead.control.ecs.why;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `why`.
///
/// @param subject what it is about, for example `task ID in cluster NAME`
/// @param evidence what the API shows, with numbers, most telling first
/// @param since when it began; null when the API does not tell
/// @param change the smallest change that would help
public record Finding(
    Reason reason, String subject, List<String> evidence, @Nullable Instant since, String change) {
  public Finding {
    evidence = List.copyOf(evidence);
  }

  static Finding of(Reason reason, String subject, List<String> evidence, @Nullable Instant since) {
    return new Finding(reason, subject, evidence, since, reason.advice());
  }

  /// The same under another reason, with more evidence after that of this one.
  Finding as(Reason other, String about, List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.add(reason.code() + ": " + reason.text());
    all.addAll(evidence);
    return new Finding(other, about, all, since, change);
  }

  /// As the command line prints it, without a line break at the end.
  public String print() {
    StringBuilder text = new StringBuilder(subject);
    text.append("\ncause:    ").append(reason.code()).append(": ").append(reason.text());
    for (String one : evidence) {
      text.append("\nevidence: ").append(one);
    }
    if (since != null) {
      text.append("\nsince:    ").append(since);
    }
    return text.append("\nchange:   ").append(change).toString();
  }
}
