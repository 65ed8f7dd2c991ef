package dev.roadstead.control.ecs.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.Trait;
import software.amazon.awssdk.services.ecs.model.RegisterContainerInstanceRequest;

/// RegisterContainerInstance as agents send it: the members of the public model, and
/// `clientToken`, which only the agents' own model has. Filled once, by the codec.
public final class AgentRegistration implements SdkPojo {
  private static final String CLIENT_TOKEN = "clientToken";
  private static final List<SdkField<?>> FIELDS = fields();

  private final RegisterContainerInstanceRequest.Builder model =
      RegisterContainerInstanceRequest.builder();
  private @Nullable String clientToken;

  public static AgentRegistration of(
      RegisterContainerInstanceRequest request, @Nullable String clientToken) {
    AgentRegistration registration = new AgentRegistration();
    for (SdkField<?> field : request.sdkFields()) {
      field.set(registration.model, field.getValueOrDefault(request));
    }
    registration.clientToken = clientToken;
    return registration;
  }

  public RegisterContainerInstanceRequest request() {
    return model.build();
  }

  public @Nullable String clientToken() {
    return clientToken;
  }

  @Override
  public List<SdkField<?>> sdkFields() {
    return FIELDS;
  }

  @Override
  public Map<String, SdkField<?>> sdkFieldNameToField() {
    Map<String, SdkField<?>> byName = new HashMap<>();
    FIELDS.forEach(field -> byName.put(field.locationName(), field));
    return byName;
  }

  private static List<SdkField<?>> fields() {
    List<SdkField<?>> fields = new ArrayList<>();
    for (SdkField<?> field : RegisterContainerInstanceRequest.builder().sdkFields()) {
      fields.add(delegating(field));
    }
    fields.add(
        SdkField.builder(MarshallingType.STRING)
            .memberName(CLIENT_TOKEN)
            .getter(it -> ((AgentRegistration) it).clientToken)
            .setter((it, value) -> ((AgentRegistration) it).clientToken = value)
            .traits(locationOf(CLIENT_TOKEN))
            .build());
    return List.copyOf(fields);
  }

  private static Trait locationOf(String name) {
    return LocationTrait.builder()
        .location(software.amazon.awssdk.core.protocol.MarshallLocation.PAYLOAD)
        .locationName(name)
        .build();
  }

  private static <T> SdkField<?> delegating(SdkField<T> field) {
    List<Trait> traits = new ArrayList<>();
    traits.add(locationOf(field.locationName()));
    field.getOptionalTrait(ListTrait.class).ifPresent(traits::add);
    SdkField.Builder<T> builder =
        SdkField.<T>builder(marshallingType(field))
            .memberName(field.memberName())
            .getter(it -> field.getValueOrDefault(((AgentRegistration) it).request()))
            .setter((it, value) -> field.set(((AgentRegistration) it).model, value))
            .traits(traits.toArray(Trait[]::new));
    if (MarshallingType.SDK_POJO.equals(field.marshallingType())) {
      builder.constructor(field.constructor());
    }
    return builder.build();
  }

  @SuppressWarnings("unchecked")
  private static <T> MarshallingType<T> marshallingType(SdkField<T> field) {
    return (MarshallingType<T>) field.marshallingType();
  }
}
