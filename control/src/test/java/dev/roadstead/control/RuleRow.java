package dev.roadstead.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.api.Entry;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.EcsService;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.wire.api.Refusal;
import dev.roadstead.wire.codec.JsonShapes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;

/// A rule: a request as a client sends it, and the refusal it is answered with.
///
/// @param request JSON
/// @param refusal `Code: text`
public record RuleRow(String operation, String request, String refusal) {
  private static final EcsService SERVICE =
      new EcsService(_ -> "http://127.0.0.1:1", TaskHistory.NONE);
  private static final Map<String, Entry> ENTRIES = entries();
  private static final Pattern FILL = Pattern.compile("fill\\((\\d+)\\)");
  private static final Pattern LIST = Pattern.compile("list\\((\\d+) of ([^()]*)\\)");

  /// The rows of a table. Two lines each: an operation with its request, and the refusal; lines in
  /// between are empty. `fill(N)` stands for N letters, `list(N of ITEM)` for a list of N items,
  /// `#` being each one's number.
  ///
  /// @param shorts what else may begin a row, with what it stands for; `%s` is the rest of the line
  public static Stream<RuleRow> table(String text, Map<String, String> shorts) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    List<RuleRow> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      String call = lines.get(i).strip();
      String first = call.substring(0, call.indexOf(' '));
      String rest = call.substring(first.length() + 1);
      String whole = shorts.containsKey(first) ? shorts.get(first).replace("%s", rest) : call;
      int space = whole.indexOf(' ');
      String request = whole.substring(space + 1);
      rows.add(new RuleRow(whole.substring(0, space), request, lines.get(i + 1).strip()));
    }
    return rows.stream();
  }

  public static Stream<RuleRow> table(String text) {
    return table(text, Map.of());
  }

  /// A world with every table of ECS, and nothing in it.
  public static World world() {
    return new World(SERVICE.tables());
  }

  /// Every operation that is built.
  public static List<Entry> operations() {
    return SERVICE.operations();
  }

  /// Performs a call that must succeed, for example `CreateCluster {}`.
  public static SdkPojo perform(World world, String call) {
    int space = call.indexOf(' ');
    Entry entry = entry(call.substring(0, space));
    return perform(world, entry, read(entry, call.substring(space + 1)));
  }

  /// Performs the call, which must be refused with just this code and text and change nothing.
  public void check(World world) {
    long position = world.state().position();
    Entry entry = entry(operation);
    assertThat(refusalOf(world, entry, read(entry, request)))
        .as("%s %s", operation, request)
        .isEqualTo(refusal);
    assertThat(world.state().position()).isEqualTo(position);
  }

  @Override
  public String toString() {
    return operation + " " + request;
  }

  private static String refusalOf(World world, Entry entry, SdkPojo request) {
    try {
      return "accepted: " + perform(world, entry, request);
    } catch (Refusal refused) {
      return refused.error().code() + ": " + refused.error().message();
    }
  }

  @SuppressWarnings("unchecked")
  private static SdkPojo perform(World world, Entry entry, SdkPojo request) {
    return switch (entry.operation()) {
      case Read<?, ?> read -> world.call((Read<SdkPojo, SdkPojo>) read, request);
      case Write<?, ?> write -> world.call((Write<SdkPojo, SdkPojo>) write, request);
    };
  }

  private static SdkPojo read(Entry entry, String request) {
    String json = expand(FILL, request, (count, _) -> repeat(count, "", _ -> "x"));
    json =
        expand(
            LIST,
            json,
            (count, item) ->
                "[" + repeat(count, ",", i -> item.replace("#", Integer.toString(i))) + "]");
    return JsonShapes.fill(json.getBytes(StandardCharsets.UTF_8), entry.shape().input().get());
  }

  /// What a count and what follows it stand for.
  private interface Expansion {
    String of(int count, String item);
  }

  private static String expand(Pattern pattern, String text, Expansion expansion) {
    Matcher matcher = pattern.matcher(text);
    return matcher.replaceAll(
        found -> {
          String item = found.groupCount() > 1 ? found.group(2) : "";
          int count = Integer.parseInt(found.group(1));
          return Matcher.quoteReplacement(expansion.of(count, item));
        });
  }

  private static String repeat(int count, String between, IntFunction<String> item) {
    return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(between));
  }

  private static Entry entry(String operation) {
    Entry entry = ENTRIES.get(operation);
    if (entry == null) {
      throw new AssertionError("no operation " + operation);
    }
    return entry;
  }

  private static Map<String, Entry> entries() {
    Map<String, Entry> entries = new HashMap<>();
    SERVICE.operations().forEach(one -> entries.put(one.shape().name(), one));
    return entries;
  }
}
