package dev.roadstead.control.ecs.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The machines of one kind in one cluster, in each order that placement asks for. Immutable: the
/// orders by CPU and by load are made when they are first asked for, and kept up from then on.
public final class Yard {
  private final Kind kind;
  private final Shelf<Machine> byMemory;
  private volatile @Nullable Shelf<Machine> byCpu;
  private volatile @Nullable Shelf<Machine> byLoad;

  private Yard(
      Kind kind,
      Shelf<Machine> byMemory,
      @Nullable Shelf<Machine> byCpu,
      @Nullable Shelf<Machine> byLoad) {
    this.kind = kind;
    this.byMemory = byMemory;
    this.byCpu = byCpu;
    this.byLoad = byLoad;
  }

  static Yard empty(Kind kind) {
    return new Yard(kind, Shelf.empty(Machine.BY_MEMORY), null, null);
  }

  public Kind kind() {
    return kind;
  }

  public Shelf<Machine> byMemory() {
    return byMemory;
  }

  public Shelf<Machine> byCpu() {
    Shelf<Machine> known = byCpu;
    if (known == null) {
      known = Shelf.of(Machine.BY_CPU, machines());
      byCpu = known;
    }
    return known;
  }

  public Shelf<Machine> byLoad() {
    Shelf<Machine> known = byLoad;
    if (known == null) {
      known = Shelf.of(Machine.BY_LOAD, machines());
      byLoad = known;
    }
    return known;
  }

  private List<Machine> machines() {
    List<Machine> all = new ArrayList<>(size());
    forEach(all::add);
    return all;
  }

  void forEach(Consumer<Machine> each) {
    Shelf.Cursor<Machine> cursor = byMemory.cursor(0, Shelf.Need.NOTHING);
    for (Machine one = cursor.next(); one != null; one = cursor.next()) {
      each.accept(one);
    }
  }

  public int size() {
    return byMemory.size();
  }

  Yard with(Machine machine) {
    Shelf<Machine> cpu = byCpu;
    Shelf<Machine> load = byLoad;
    return new Yard(
        kind,
        byMemory.with(machine),
        cpu == null ? null : cpu.with(machine),
        load == null ? null : load.with(machine));
  }

  Yard without(Machine machine) {
    Shelf<Machine> cpu = byCpu;
    Shelf<Machine> load = byLoad;
    return new Yard(
        kind,
        byMemory.without(machine),
        cpu == null ? null : cpu.without(machine),
        load == null ? null : load.without(machine));
  }

  /// With a machine as it is now.
  Yard moved(Machine before, Machine now) {
    Shelf<Machine> cpu = byCpu;
    Shelf<Machine> load = byLoad;
    return new Yard(
        kind,
        byMemory.moved(before, now),
        cpu == null ? null : cpu.moved(before, now),
        load == null ? null : load.moved(before, now));
  }
}
