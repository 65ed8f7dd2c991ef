package dev.roadstead.engine.format;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.VisibilityChecker;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells the reader what rows mean by their declarations: collections that may not be null are
/// empty when missing, sealed interfaces carry the name of the record.
final class RecordIntrospector extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;
  static final String TYPE = "@type";

  @Override
  public VisibilityChecker<?> findAutoDetectVisibility(
      AnnotatedClass type, VisibilityChecker<?> checker) {
    // Only components: a record's other methods (isDone, getX) are not data.
    return Record.class.isAssignableFrom(type.getRawType())
        ? checker
            .withGetterVisibility(Visibility.NONE)
            .withIsGetterVisibility(Visibility.NONE)
            .withSetterVisibility(Visibility.NONE)
            .withFieldVisibility(Visibility.ANY)
        : checker;
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    if (annotated instanceof AnnotatedMember member && isCollection(member.getRawType())) {
      RecordComponent component = componentOf(member);
      if (component != null && isNeverNullCollection(component)) {
        return JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
      }
    }
    return super.findSetterInfo(annotated);
  }

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    JsonTypeInfo.Value declared = super.findPolymorphicTypeInfo(config, annotated);
    if (declared != null || !(annotated instanceof AnnotatedClass type)) {
      return declared;
    }
    return sealedParent(type.getRawType()) == null
        ? null
        : JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, TYPE, null, false, null, null);
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    if (annotated instanceof AnnotatedClass type && type.getRawType().isSealed()) {
      List<NamedType> subtypes = new ArrayList<>();
      for (Class<?> permitted : type.getRawType().getPermittedSubclasses()) {
        subtypes.add(new NamedType(permitted, permitted.getSimpleName()));
      }
      return subtypes;
    }
    return super.findSubtypes(annotated);
  }

  @Override
  public @Nullable String findTypeName(AnnotatedClass type) {
    String declared = super.findTypeName(type);
    return declared == null && sealedParent(type.getRawType()) != null
        ? type.getRawType().getSimpleName()
        : declared;
  }

  /// The sealed interface that makes this type one of several, itself included; null when none.
  static @Nullable Class<?> sealedParent(Class<?> type) {
    if (type.isInterface() && type.isSealed()) {
      return type;
    }
    for (Class<?> parent : type.getInterfaces()) {
      if (parent.isSealed()) {
        return parent;
      }
    }
    return null;
  }

  /// Whether the component is a collection that is empty rather than null when missing.
  static boolean isNeverNullCollection(RecordComponent component) {
    return isCollection(component.getType()) && !mayBeNull(component);
  }

  private static boolean isCollection(Class<?> type) {
    return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
  }

  private static boolean mayBeNull(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static @Nullable RecordComponent componentOf(AnnotatedMember member) {
    RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
    if (components == null) {
      return null;
    }
    if (member instanceof AnnotatedParameter parameter) {
      int index = parameter.getIndex();
      return index < components.length
              && parameter.getOwner().getParameterCount() == components.length
          ? components[index]
          : null;
    }
    for (RecordComponent component : components) {
      if (component.getName().equals(member.getName())) {
        return component;
      }
    }
    return null;
  }
}
