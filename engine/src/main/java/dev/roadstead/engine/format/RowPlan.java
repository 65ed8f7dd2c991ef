package dev.roadstead.engine.format;

import dev.roadstead.base.Bug;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/// How records of one type are written.
///
/// @param head what every one begins with: nothing, or the name under `@type`
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RowPlan(byte[] head, List<Field> fields) {

  /// What a component's accessor returns, widened.
  enum Kind {
    TRUTH(boolean.class),
    WHOLE(long.class),
    REAL(double.class),
    OBJECT(Object.class);

    private final Class<?> type;

    Kind(Class<?> type) {
      this.type = type;
    }

    static Kind of(Class<?> component) {
      if (!component.isPrimitive()) {
        return OBJECT;
      }
      if (component == boolean.class) {
        return TRUTH;
      }
      if (component == double.class || component == float.class) {
        return REAL;
      }
      if (component == char.class) {
        throw new Bug("no binary form of a char");
      }
      return WHOLE;
    }
  }

  /// One component.
  ///
  /// @param name as written
  /// @param get takes the record as Object
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Field(byte[] name, Kind kind, MethodHandle get, boolean leavesOutEmpty) {}

  static RowPlan of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null) {
      throw new Bug(type.getName() + " is no record");
    }
    List<Field> fields = new ArrayList<>();
    try {
      MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      for (RecordComponent component : components) {
        Kind kind = Kind.of(component.getType());
        MethodHandle get =
            inside
                .unreflect(component.getAccessor())
                .asType(MethodType.methodType(kind.type, Object.class));
        fields.add(
            new Field(
                RowWriter.encoded(component.getName()),
                kind,
                get,
                RecordIntrospector.isNeverNullCollection(component)));
      }
    } catch (IllegalAccessException e) {
      throw new Bug(type.getName() + " cannot be read", e);
    }
    return new RowPlan(head(type), List.copyOf(fields));
  }

  private static byte[] head(Class<?> type) {
    if (RecordIntrospector.sealedParent(type) == null) {
      return new byte[0];
    }
    Bytes head = new Bytes(32);
    byte[] name = RowWriter.encoded(RecordIntrospector.TYPE);
    head.write(name, 0, name.length);
    byte[] simple = RowWriter.encoded(type.getSimpleName());
    head.write(simple, 0, simple.length);
    byte[] exact = new byte[head.size()];
    head.toBuffer().get(exact);
    return exact;
  }
}
