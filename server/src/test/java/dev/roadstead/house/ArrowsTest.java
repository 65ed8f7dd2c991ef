package dev.roadstead.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The arrows of docs/architecture.md: between rooms, and from packages to libraries.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArrowsTest {
  private static final String ROOT = "dev.roadstead.";

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.roadstead");

  private record Room(String name, List<String> uses) {}

  // The only arrows that exist. Who needs another writes an ADR first.
  private static final List<Room> ROOMS =
      List.of(
          new Room("base", List.of()),
          new Room("engine", List.of("base")),
          new Room("wire", List.of("base")),
          new Room("link", List.of("base")),
          new Room("control", List.of("base", "engine", "wire", "link")),
          new Room("agent", List.of("base", "link")),
          new Room("server", List.of("base", "engine", "wire", "link", "control", "agent")),
          new Room("sim", List.of("base", "engine", "wire", "link", "control", "agent")));

  // The simulator has its own shells around the agent's core: it may not lean on the real ones.
  @Test
  void theSimulatorSeesOnlyTheAgentsCore() {
    check(
        noClasses()
            .that()
            .resideInAPackage(ROOT + "sim..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "agent.shell..", ROOT + "agent.docker.."));
  }

  @Test
  void roomsUseOnlyTheirNeighbours() {
    for (Room room : ROOMS) {
      String[] others =
          ROOMS.stream()
              .map(Room::name)
              .filter(name -> !name.equals(room.name()) && !room.uses().contains(name))
              .map(name -> ROOT + name + "..")
              .toArray(String[]::new);
      if (others.length > 0) {
        check(
            noClasses()
                .that()
                .resideInAPackage(ROOT + room.name() + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
      }
    }
  }

  @Test
  void packagesFormNoCycle() {
    check(slices().matching("dev.roadstead.(**)").should().beFreeOfCycles());
  }

  @Test
  void everyLibraryLivesBehindOnePlace() {
    behind("io.netty..", "wire.http..");
    behind("com.github.dockerjava..", "agent.docker..");
    behind("kotlinx..", "engine.table..", "engine.root..");
    behind("picocli..", "server.cli..");
    behind("org.apache.lucene..", "server.history..");
    behind("com.fasterxml.jackson.dataformat.cbor..", "engine.format..");
    behind(
        "com.fasterxml.jackson.databind..",
        "engine.format..",
        "link..",
        "agent..",
        "control..",
        "server..");
    behind("software.amazon.awssdk.services..", "control..");
  }

  private void behind(String library, String... homes) {
    String[] packages = new String[homes.length + 1];
    for (int i = 0; i < homes.length; i++) {
      packages[i] = ROOT + homes[i];
    }
    packages[homes.length] = ROOT + "bench..";
    check(
        noClasses()
            .that(resideInAnyPackage("dev.roadstead..").and(resideOutsideOfPackages(packages)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(library));
  }

  @Test
  void theWireKnowsNoService() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.roadstead.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.."));
  }

  private void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(all);
  }
}
