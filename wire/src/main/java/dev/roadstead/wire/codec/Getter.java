package dev.roadstead.wire.codec;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;

/// Ways to read a member of a model class. The SDK's own goes through two functions and a look-up
/// of traits; the class's public method costs a fraction of it, which counts in answers of some
/// thousand members. Where there is no such method, the SDK's own way is taken.
final class Getter {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private Getter() {}

  /// A function from an instance to the member's value.
  ///
  /// @param owner the model class; builders are read the SDK's way
  static Function<Object, @Nullable Object> of(SdkField<?> field, Class<?> owner) {
    if (owner.getEnclosingClass() == null) {
      String member = field.memberName();
      String name = Character.toLowerCase(member.charAt(0)) + member.substring(1);
      // Enumerations are read as what was sent, which may be a value this release does not know.
      for (String method : List.of(name + "AsStrings", name + "AsString", name)) {
        try {
          return direct(owner, method);
        } catch (NoSuchMethodException _) {
          // the next name
        } catch (Throwable _) {
          break;
        }
      }
    }
    return field::getValueOrDefault;
  }

  @SuppressWarnings("unchecked")
  private static Function<Object, @Nullable Object> direct(Class<?> owner, String method)
      throws Throwable {
    MethodHandle handle = LOOKUP.unreflect(owner.getMethod(method));
    return (Function<Object, @Nullable Object>)
        LambdaMetafactory.metafactory(
                LOOKUP,
                "apply",
                MethodType.methodType(Function.class),
                MethodType.methodType(Object.class, Object.class),
                handle,
                MethodType.methodType(handle.type().returnType(), owner))
            .getTarget()
            .invoke();
  }
}
