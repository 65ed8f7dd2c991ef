package dev.roadstead.control.ecs.placement;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.roadstead.control.ecs.api.EcsErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses the cluster query language by recursive descent; the grammar is at {@link Query}.
final class QueryParser {
  private static final String ATTRIBUTE_PREFIX = "attribute:";

  private final QueryScanner scanner;
  private int depth;

  private QueryParser(String expression) {
    scanner = new QueryScanner(expression);
  }

  static Query parse(String expression) {
    if (expression.length() > Query.LENGTH_MAX) {
      throw EcsErrors.invalidParameter(
          "Placement expression must be at most " + Query.LENGTH_MAX + " characters long.");
    }
    QueryParser parser = new QueryParser(expression);
    Query query = parser.any();
    if (!parser.scanner.atEnd()) {
      throw parser.scanner.error("the end or an operator is expected");
    }
    return query;
  }

  private Query any() {
    List<Query> parts = new ArrayList<>(List.of(all()));
    while (scanner.take("||") || scanner.takeWord("or")) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.getFirst() : new Query.Any(parts);
  }

  private Query all() {
    List<Query> parts = new ArrayList<>(List.of(unary()));
    while (scanner.take("&&") || scanner.takeWord("and")) {
      parts.add(unary());
    }
    return parts.size() == 1 ? parts.getFirst() : new Query.All(parts);
  }

  private Query unary() {
    if (++depth > Query.DEPTH_MAX) {
      throw scanner.error("nesting deeper than " + Query.DEPTH_MAX);
    }
    Query query;
    if (scanner.take("!") || scanner.takeWord("not")) {
      query = new Query.Not(unary());
    } else if (scanner.take("(")) {
      query = any();
      if (!scanner.take(")")) {
        throw scanner.error("a closing parenthesis is expected");
      }
    } else {
      query = term();
    }
    depth--;
    return query;
  }

  private Query term() {
    int start = scanner.position();
    String subject = scanner.name();
    if (subject.isEmpty()) {
      throw scanner.error("a subject is expected");
    }
    return switch (subject) {
      case "agentConnected" -> text(new Field.AgentConnected(), false, true);
      case "agentVersion" -> text(new Field.AgentVersion(), true, false);
      case "ec2InstanceId" -> text(new Field.Ec2InstanceId(), false, true);
      case "task:group" -> text(new Field.TaskGroups(), false, true);
      case "runningTasksCount" -> runningTasks();
      case "registeredAt" -> registeredAt();
      default -> {
        String name =
            subject.startsWith(ATTRIBUTE_PREFIX)
                ? subject.substring(ATTRIBUTE_PREFIX.length())
                : "";
        if (name.isEmpty()) {
          throw scanner.error("unknown subject " + subject, start);
        }
        yield attribute(name);
      }
    };
  }

  private Query attribute(String name) {
    int start = scanner.position();
    QueryOperator operator = QueryOperator.take(scanner);
    if (operator == QueryOperator.EXISTS) {
      return new Query.Exists(name);
    }
    if (operator == QueryOperator.NOT_EXISTS) {
      return new Query.Not(new Query.Exists(name));
    }
    return test(new Field.AttributeValue(name), operator, start);
  }

  /// @param ordered whether the field has an order
  /// @param matched whether lists and patterns apply to it
  private Query text(Field field, boolean ordered, boolean matched) {
    int start = scanner.position();
    QueryOperator operator = QueryOperator.take(scanner);
    boolean fits =
        switch (operator) {
          case EQUALS, NOT_EQUALS -> true;
          case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> ordered;
          case IN, NOT_IN, MATCHES, NOT_MATCHES -> matched;
          case EXISTS, NOT_EXISTS -> false;
        };
    if (!fits) {
      throw scanner.error("the operator does not apply to this subject", start);
    }
    return test(field, operator, start);
  }

  private Query test(Field field, QueryOperator operator, int start) {
    Test test =
        switch (operator) {
          case EQUALS, NOT_EQUALS -> equality(field);
          case IN, NOT_IN -> new Test.OneOf(list());
          case MATCHES, NOT_MATCHES -> new Test.Matches(pattern());
          case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
              new Test.Ordered(order(operator, start), scanner.literal(false));
          case EXISTS, NOT_EXISTS -> throw scanner.error("only attributes exist", start);
        };
    Query query = new Query.Texts(field, test);
    return operator.negative() ? new Query.Not(query) : query;
  }

  private Test equality(Field field) {
    String value = scanner.literal(false);
    return field instanceof Field.AgentVersion
        ? new Test.Ordered(Comparison.EQUAL, value)
        : new Test.OneOf(List.of(value));
  }

  private Query runningTasks() {
    int start = scanner.position();
    QueryOperator operator = QueryOperator.take(scanner);
    Comparison comparison = order(operator, start);
    int valueAt = scanner.position();
    String value = scanner.literal(false);
    long bound;
    try {
      bound = Long.parseLong(value);
    } catch (NumberFormatException _) {
      throw scanner.error("a whole number is expected", valueAt);
    }
    Query query = new Query.RunningTasks(comparison, bound);
    return operator.negative() ? new Query.Not(query) : query;
  }

  private Query registeredAt() {
    int start = scanner.position();
    QueryOperator operator = QueryOperator.take(scanner);
    Comparison comparison = order(operator, start);
    int valueAt = scanner.position();
    TimeBound bound = TimeBound.parse(scanner.literal(false));
    if (bound == null) {
      throw scanner.error("an ISO 8601 date or date-time is expected", valueAt);
    }
    Query query = new Query.RegisteredAt(comparison, bound);
    return operator.negative() ? new Query.Not(query) : query;
  }

  private Comparison order(QueryOperator operator, int start) {
    @Nullable Comparison comparison = operator.comparison();
    if (comparison == null) {
      throw scanner.error("the operator does not apply to this subject", start);
    }
    return comparison;
  }

  private List<String> list() {
    if (!scanner.take("[")) {
      throw scanner.error("a list in brackets is expected");
    }
    List<String> values = new ArrayList<>();
    do {
      values.add(scanner.literal(true));
    } while (scanner.take(","));
    if (!scanner.take("]")) {
      throw scanner.error("a comma or a closing bracket is expected");
    }
    return values;
  }

  private Pattern pattern() {
    int start = scanner.position();
    String source = scanner.literal(false);
    try {
      return Pattern.compile(source);
    } catch (PatternSyntaxException e) {
      throw scanner.error("invalid pattern: " + e.getDescription(), start);
    }
  }
}
