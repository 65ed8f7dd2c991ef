package dev.roadstead.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The core has no clock, no random, no thread, no socket and no order that changes between runs:
/// decisions, controllers, placement, the agent's core, tables. They come in as values.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PureCoreTest {
  private static final String[] CORE = {
    "dev.roadstead.control..",
    "dev.roadstead.agent.core..",
    "dev.roadstead.engine.table..",
    "dev.roadstead.engine.root..",
    "dev.roadstead.link..",
    "dev.roadstead.base..",
  };

  private static final Pattern CORE_SOURCE =
      Pattern.compile(
          "/src/main/java/dev/roadstead/"
              + "(?:control|agent/core|engine/table|engine/root|link|base)/");
  private static final Pattern UNORDERED =
      Pattern.compile(
          "(\\w+) =\\s*(?:new (?:HashMap|HashSet|IdentityHashMap)\\b"
              + "|Map\\.(?:of|copyOf|ofEntries)\\("
              + "|Set\\.(?:of|copyOf)\\()");

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.roadstead");

  @Test
  void readsNoClock() {
    forbid(
        "read a clock",
        access -> {
          String owner = access.getTargetOwner().getFullName();
          String name = access.getTarget().getName();
          return (owner.startsWith("java.time.") && name.equals("now"))
              || (owner.equals("java.lang.System")
                  && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
              || owner.equals("java.time.Clock");
        });
  }

  @Test
  void drawsNoRandomOfItsOwn() {
    Set<String> banned =
        Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.SecureRandom",
            "java.util.concurrent.ThreadLocalRandom");
    forbid(
        "draw random numbers of their own",
        access -> {
          String owner = access.getTargetOwner().getFullName();
          String name = access.getTarget().getName();
          return banned.contains(owner)
              || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
              || (owner.equals("java.lang.Math") && name.equals("random"));
        });
  }

  @Test
  void hasNoThreadAndNoOutside() {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..", "java.nio.channels..", "java.util.concurrent.locks..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.lang\\.(Thread|Process|ProcessBuilder|Runtime)"
                + "|java\\.net\\.(Socket|ServerSocket|URLConnection|HttpURLConnection)"
                + "|java\\.nio\\.file\\.Files|java\\.io\\.File.*"
                + "|java\\.util\\.concurrent\\.(Executor.*|CompletableFuture|Future)")
        .allowEmptyShould(true)
        .check(all);
  }

  // Their order changes between runs of the JVM (Map.of, Set.of, copies) or with what they hold. To
  // be looked up in they are good; to be walked, a map is sorted or linked.
  @Test
  void walksNoUnorderedCollection() {
    List<String> found = new ArrayList<>();
    for (Tree.Source source : Tree.javaSources()) {
      if (CORE_SOURCE.matcher(source.name()).find()) {
        String text = String.join("\n", source.lines());
        Matcher made = UNORDERED.matcher(text);
        while (made.find()) {
          if (isWalked(made.group(1), text.substring(made.end()))) {
            found.add(source.name() + " walks " + made.group(1));
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  // A local variable lives until its method ends.
  private static boolean isWalked(String variable, String rest) {
    int end = rest.indexOf("\n  }\n");
    String scope = end < 0 ? rest : rest.substring(0, end);
    String name = Pattern.quote(variable);
    String parts = "(?:\\.(?:keySet|values|entrySet)\\(\\))?";
    return Pattern.compile(": " + name + parts + "\\) \\{").matcher(scope).find()
        || Pattern.compile("\\b" + name + parts + "\\s*\\.(?:stream|forEach|iterator)\\(")
            .matcher(scope)
            .find();
  }

  private interface Rule {
    boolean breaks(JavaAccess<?> access);
  }

  private void forbid(String what, Rule rule) {
    noClasses()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .accessTargetWhere(
            new DescribedPredicate<JavaAccess<?>>(what) {
              @Override
              public boolean test(JavaAccess<?> access) {
                return rule.breaks(access);
              }
            })
        .allowEmptyShould(true)
        .check(all);
  }
}
