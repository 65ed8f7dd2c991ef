package dev.roadstead.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Reads the source tree. Limits: see CONTRIBUTING.md.
final class TidyTest {
  private static final int FILE_LINES_MAX = 500;
  private static final int METHOD_LINES_MAX = 60;
  private static final int LINE_COLUMNS_MAX = 100;
  private static final int SIGN_LINES_MAX = 10;

  private static final Pattern BANNED_NAME =
      Pattern.compile("Manager|Helper|Util|Impl|Abstract|Processor|Handler|Dto|Common");
  private static final Pattern TYPE =
      Pattern.compile("^\\s*(?!//)[\\w ]*\\b(?:class|record|interface|enum) (\\w+)");
  private static final Pattern BLOCK_END = Pattern.compile("^( {2}| {4})}$");
  private static final Pattern TYPE_HEAD =
      Pattern.compile("\\b(?:class|record|interface|enum) \\w+[^;]*$");
  private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(");
  private static final Pattern SKIPPED = Pattern.compile("@Disabled|\\bAssumptions\\.|assumeT");
  private static final Pattern OPEN_END =
      Pattern.compile("\\b(?:TO[D]O|FIX[M]E|XX[X])\\b(?!\\(#\\d+\\))");

  private final List<Tree.Source> sources = Tree.javaSources();

  @Test
  void filesAreShort() {
    assertThat(sources)
        .filteredOn(source -> source.lines().size() > FILE_LINES_MAX)
        .extracting(Tree.Source::name)
        .isEmpty();
  }

  @Test
  void linesAreShort() {
    assertThat(places(line -> line.length() > LINE_COLUMNS_MAX && !line.startsWith("import ")))
        .isEmpty();
  }

  @Test
  void methodsAreShort() {
    List<String> found = new ArrayList<>();
    for (Tree.Source source : sources) {
      List<String> lines = source.lines();
      for (int end = 0; end < lines.size(); end++) {
        Matcher brace = BLOCK_END.matcher(lines.get(end));
        if (brace.matches()) {
          int start = headOf(lines, end, brace.group(1).length());
          boolean type = start < 0 || TYPE_HEAD.matcher(lines.get(start)).find();
          if (!type && end - start + 1 > METHOD_LINES_MAX) {
            found.add(source.name() + ":" + (start + 1));
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  // The line that begins what ends here: the nearest above, just as deep, that is not a bracket.
  private static int headOf(List<String> lines, int end, int depth) {
    for (int i = end - 1; i >= 0; i--) {
      String line = lines.get(i);
      boolean asDeep =
          line.length() > depth
              && line.substring(0, depth).isBlank()
              && Character.isLetter(line.charAt(depth));
      if (asDeep) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void typesHaveHonestNames() {
    List<String> found = new ArrayList<>();
    for (Tree.Source source : sources) {
      for (String line : source.lines()) {
        Matcher type = TYPE.matcher(line);
        if (type.find() && BANNED_NAME.matcher(type.group(1)).find()) {
          found.add(source.name() + ": " + type.group(1));
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void everyPackageHasItsSign() {
    Set<String> signed = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (Tree.Source source : sources) {
      if (source.fileName().equals("package-info.java")) {
        signed.add(packageOf(source));
        long sign = source.lines().stream().filter(line -> line.startsWith("///")).count();
        boolean nullMarked = source.lines().contains("@NullMarked");
        boolean silent = sign == 0 && !source.isTest();
        if (silent || sign > SIGN_LINES_MAX || !nullMarked) {
          wrong.add(source.name());
        }
      }
    }
    for (Tree.Source source : sources) {
      if (!signed.contains(packageOf(source))) {
        wrong.add(source.name() + " lies in a package without a sign");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothingIsLeftOpenWithoutAnIssue() {
    assertThat(places(line -> OPEN_END.matcher(line).find() && !line.contains("OPEN_END")))
        .isEmpty();
  }

  @Test
  void noTestIsSkipped() {
    assertThat(places(line -> SKIPPED.matcher(line).find() && !line.contains("SKIPPED"))).isEmpty();
  }

  @Test
  void testsWaitOnConditions() {
    assertThat(
            places(line -> SLEEP.matcher(line).find() && !line.contains("SLEEP")).stream()
                .filter(place -> place.contains("/src/test/"))
                .collect(Collectors.toList()))
        .isEmpty();
  }

  private interface Rule {
    boolean breaks(String line);
  }

  private List<String> places(Rule rule) {
    List<String> found = new ArrayList<>();
    for (Tree.Source source : sources) {
      for (int i = 0; i < source.lines().size(); i++) {
        if (rule.breaks(source.lines().get(i))) {
          found.add(source.name() + ":" + (i + 1));
        }
      }
    }
    return found;
  }

  // A package's sign may stand in the main tree or in the test tree.
  private static String packageOf(Tree.Source source) {
    String folder = source.folder();
    return folder.substring(folder.indexOf("/java/") + "/java/".length());
  }
}
