package dev.roadstead.control.api;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import software.amazon.awssdk.core.SdkPojo;

/// The operations of a service's model, read off the SDK's client: nothing is typed by hand, so the
/// list is as current as the SDK.
public final class ModelOperations {
  private static final String REQUEST = "Request";

  private ModelOperations() {}

  /// Every operation's name, sorted, for example `RunTask`.
  ///
  /// @param client the SDK's client interface of the service
  public static List<String> of(Class<?> client) {
    TreeSet<String> names = new TreeSet<>();
    for (Method method : client.getMethods()) {
      Class<?>[] parameters = method.getParameterTypes();
      if (parameters.length == 1
          && SdkPojo.class.isAssignableFrom(parameters[0])
          && parameters[0].getSimpleName().endsWith(REQUEST)
          && SdkPojo.class.isAssignableFrom(method.getReturnType())) {
        String name = parameters[0].getSimpleName();
        String operation = name.substring(0, name.length() - REQUEST.length());
        String first = operation.substring(0, 1).toLowerCase(Locale.ROOT);
        if (method.getName().equals(first + operation.substring(1))) {
          names.add(operation);
        }
      }
    }
    return List.copyOf(names);
  }
}
