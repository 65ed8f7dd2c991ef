package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.wire.api.Refusal;
import java.util.Locale;

/// Reads an expression of the cluster query language piece by piece. What a piece is depends on
/// where it stands: a bare literal may hold characters that are operators elsewhere.
final class QueryScanner {
  private final String text;
  private int at;

  QueryScanner(String text) {
    this.text = text;
  }

  /// A refusal that names the position of the next piece.
  Refusal error(String problem) {
    space();
    return error(problem, at);
  }

  Refusal error(String problem, int position) {
    return EcsErrors.invalidParameter(
        "Invalid placement expression: " + problem + " at position " + (position + 1) + ".");
  }

  int position() {
    space();
    return at;
  }

  boolean atEnd() {
    space();
    return at == text.length();
  }

  /// Whether a symbol comes next; if so, it is taken.
  boolean take(String symbol) {
    space();
    if (!text.startsWith(symbol, at)) {
      return false;
    }
    at += symbol.length();
    return true;
  }

  /// Whether this word, in lower or upper case, comes next; if so, it is taken.
  boolean takeWord(String word) {
    space();
    int end = at;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    boolean ends = end == text.length() || !subjectCharacter(text.charAt(end));
    if (!ends || !text.substring(at, end).toLowerCase(Locale.ROOT).equals(word)) {
      return false;
    }
    at = end;
    return true;
  }

  /// A name of letters, digits and `- _ / \ . :`; empty when something else comes next.
  String name() {
    space();
    int start = at;
    while (at < text.length() && subjectCharacter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /// A quoted or bare literal.
  ///
  /// @param inList whether a comma or a closing bracket ends a bare one
  String literal(boolean inList) {
    space();
    if (at == text.length()) {
      throw error("a value is missing");
    }
    char first = text.charAt(at);
    return first == '\'' || first == '"' ? quoted(first) : bare(inList);
  }

  private String quoted(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw error("a quote is not closed");
    }
    String literal = text.substring(at + 1, end);
    at = end + 1;
    return literal;
  }

  /// Ends at a space, at `&&` or `||`, and at a bracket that it did not open itself.
  private String bare(boolean inList) {
    int start = at;
    int round = 0;
    int square = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)
          || (inList && c == ',')
          || text.startsWith("&&", at)
          || text.startsWith("||", at)
          || (c == ')' && round == 0)
          || (c == ']' && square == 0)) {
        break;
      }
      round += c == '(' ? 1 : c == ')' ? -1 : 0;
      square += c == '[' ? 1 : c == ']' ? -1 : 0;
      at++;
    }
    if (at == start) {
      throw error("a value is missing");
    }
    return text.substring(start, at);
  }

  private static boolean subjectCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_/\\.:".indexOf(c) >= 0;
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
