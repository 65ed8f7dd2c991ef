package dev.roadstead.control.ecs.why;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `why`.
///
/// @param subject what it is about, for example `task ID in cluster NAME`
/// @param evidence what rows and events show, with numbers, most telling first
/// @param since when it began; null when nothing of that name is known
/// @param change the smallest change that would help
public record Finding(
    Reason reason, String subject, List<String> evidence, @Nullable Instant since, String change) {
  public Finding {
    evidence = List.copyOf(evidence);
  }

  static Finding of(Reason reason, String subject, List<String> evidence, @Nullable Instant since) {
    return new Finding(reason, subject, evidence, since, reason.advice());
  }

  /// The same of another subject.
  Finding named(String about) {
    return new Finding(reason, about, evidence, since, change);
  }

  /// The same with more evidence after its own.
  Finding with(List<String> more) {
    List<String> all = new ArrayList<>(evidence);
    all.addAll(more);
    return new Finding(reason, subject, all, since, change);
  }

  /// The same of another subject, with a line and more evidence around its own.
  Finding about(String other, String line, List<String> more) {
    List<String> all = new ArrayList<>(List.of(line));
    all.addAll(evidence);
    all.addAll(more);
    return new Finding(reason, other, all, since, change);
  }

  /// The same under another reason, with more evidence before its own.
  Finding as(Reason other, String about, List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.add(reason.code() + ": " + reason.text());
    all.addAll(evidence);
    return new Finding(other, about, all, since, change);
  }
}
