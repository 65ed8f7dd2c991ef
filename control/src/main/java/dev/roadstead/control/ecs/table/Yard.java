package dev.roadstead.control.ecs.table;

/// The machines of one kind in one cluster, in each order that placement asks for. Immutable.
public record Yard(
    Kind kind, Shelf<Machine> byMemory, Shelf<Machine> byCpu, Shelf<Machine> byLoad) {
  static Yard empty(Kind kind) {
    return new Yard(
        kind,
        Shelf.empty(Machine.BY_MEMORY),
        Shelf.empty(Machine.BY_CPU),
        Shelf.empty(Machine.BY_LOAD));
  }

  public int size() {
    return byMemory.size();
  }

  Yard with(Machine machine) {
    return new Yard(kind, byMemory.with(machine), byCpu.with(machine), byLoad.with(machine));
  }

  Yard without(Machine machine) {
    return new Yard(
        kind, byMemory.without(machine), byCpu.without(machine), byLoad.without(machine));
  }
}
