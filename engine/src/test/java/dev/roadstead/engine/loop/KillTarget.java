package dev.roadstead.engine.loop;

import dev.roadstead.engine.fixture.Box;
import dev.roadstead.engine.fixture.Boxes;
import dev.roadstead.engine.root.State;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The process that {@link KillTest} kills: writers that put rows with rising numbers and print
/// each once it is acknowledged.
final class KillTarget {
  static final int WRITERS = 4;

  private KillTarget() {}

  static EngineConfig config(Path data) {
    // Small, so that kills meet new files and snapshots.
    EngineConfig.Limits limits = new EngineConfig.Limits(64, 8, 4_000, 16_000, 16);
    return EngineConfig.at(data, _ -> System.exit(1)).withLimits(limits);
  }

  static String key(int writer, long number) {
    return "w" + writer + "-" + number;
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws InterruptedException {
    Engine engine =
        Engine.open(
            config(Path.of(args[0])),
            Boxes.SCHEMA,
            List.of(),
            InstantSource.system(),
            new SplittableRandom(1));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      threads.add(Thread.startVirtualThread(() -> write(engine, writer)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void write(Engine engine, int writer) {
    for (long number = first(engine.state(), writer); ; number++) {
      Box box = Box.of(key(writer, number), "shelf" + writer, number);
      engine.submit((_, _) -> new Outcome<>(List.of(Boxes.TABLE.put(box)), "")).join();
      synchronized (System.out) {
        System.out.println(writer + " " + number + ";");
        System.out.flush();
      }
    }
  }

  private static long first(State state, int writer) {
    long number = 1;
    while (state.find(Boxes.TABLE, key(writer, number)) != null) {
      number++;
    }
    return number;
  }
}
