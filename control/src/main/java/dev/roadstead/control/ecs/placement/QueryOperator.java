package dev.roadstead.control.ecs.placement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An operator of the cluster query language, as a symbol and as a word.
enum QueryOperator {
  // Symbols that start with another one come before it.
  NOT_EXISTS("!exists", "not_exists", null),
  NOT_IN("!in", "not_in", null),
  EQUALS("==", "equals", Comparison.EQUAL),
  NOT_EQUALS("!=", "not_equals", Comparison.EQUAL),
  GREATER_OR_EQUAL(">=", "greater_than_equal", Comparison.GREATER_OR_EQUAL),
  GREATER(">", "greater_than", Comparison.GREATER),
  LESS_OR_EQUAL("<=", "less_than_equal", Comparison.LESS_OR_EQUAL),
  LESS("<", "less_than", Comparison.LESS),
  MATCHES("=~", "matches", null),
  NOT_MATCHES("!~", "not_matches", null),
  EXISTS("", "exists", null),
  IN("", "in", null);

  private static final QueryOperator[] ALL = values();

  private final String symbol;
  private final String word;
  private final @Nullable Comparison comparison;

  QueryOperator(String symbol, String word, @Nullable Comparison comparison) {
    this.symbol = symbol;
    this.word = word;
    this.comparison = comparison;
  }

  /// The operator that comes next. Refuses when none does.
  static QueryOperator take(QueryScanner scanner) {
    int start = scanner.position();
    for (QueryOperator operator : ALL) {
      if (!operator.symbol.isEmpty() && scanner.take(operator.symbol)) {
        return operator;
      }
    }
    String name = scanner.name().toLowerCase(Locale.ROOT);
    for (QueryOperator operator : ALL) {
      if (operator.word.equals(name)) {
        return operator;
      }
    }
    throw scanner.error("an operator is expected", start);
  }

  /// How it orders a value against a bound; of a negative operator, what it denies. Null when it
  /// does not compare.
  @Nullable Comparison comparison() {
    return comparison;
  }

  /// Whether it is the denial of another operator.
  boolean negative() {
    return switch (this) {
      case NOT_EXISTS, NOT_IN, NOT_EQUALS, NOT_MATCHES -> true;
      default -> false;
    };
  }
}
