package dev.roadstead.control.ecs.capacity;

import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.ModelEnums;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AutoScalingGroupProvider;
import software.amazon.awssdk.services.ecs.model.AutoScalingGroupProviderUpdate;
import software.amazon.awssdk.services.ecs.model.ManagedDraining;
import software.amazon.awssdk.services.ecs.model.ManagedScaling;
import software.amazon.awssdk.services.ecs.model.ManagedScalingStatus;
import software.amazon.awssdk.services.ecs.model.ManagedTerminationProtection;

/// The settings of a capacity provider, checked, with defaults filled in. Source: Amazon ECS API
/// reference, AutoScalingGroupProvider and ManagedScaling.
///
/// The Auto Scaling group is a name or an ARN that is kept and shown: here the group of machines is
/// the instances that have joined.
final class Scaling {
  static final int STEP_MAX = 10_000;
  static final int WARMUP_SECONDS = 300;
  static final int TARGET_MAX = 100;

  private Scaling() {}

  /// The settings of a new provider.
  static AutoScalingGroupProvider created(AutoScalingGroupProvider sent) {
    ModelEnums.check(sent);
    if (sent.autoScalingGroupArn() == null || sent.autoScalingGroupArn().isEmpty()) {
      throw EcsErrors.invalidParameter("autoScalingGroupArn can not be blank.");
    }
    return complete(
        AutoScalingGroupProvider.builder()
            .autoScalingGroupArn(sent.autoScalingGroupArn())
            .managedScaling(scaling(null, sent.managedScaling()))
            .managedTerminationProtection(
                or(sent.managedTerminationProtection(), ManagedTerminationProtection.DISABLED))
            .managedDraining(or(sent.managedDraining(), ManagedDraining.ENABLED))
            .build());
  }

  /// The settings of a provider after an update; what is not sent stays.
  static AutoScalingGroupProvider updated(
      AutoScalingGroupProvider before, AutoScalingGroupProviderUpdate sent) {
    ModelEnums.check(sent);
    return complete(
        before.toBuilder()
            .managedScaling(scaling(before.managedScaling(), sent.managedScaling()))
            .managedTerminationProtection(
                or(sent.managedTerminationProtection(), before.managedTerminationProtection()))
            .managedDraining(or(sent.managedDraining(), before.managedDraining()))
            .build());
  }

  private static AutoScalingGroupProvider complete(AutoScalingGroupProvider provider) {
    boolean scales = provider.managedScaling().status() == ManagedScalingStatus.ENABLED;
    boolean keeps = provider.managedTerminationProtection() == ManagedTerminationProtection.ENABLED;
    if (keeps && !scales) {
      throw EcsErrors.invalidParameter(
          "To enable managed termination protection for a capacity provider, managed scaling must"
              + " be enabled");
    }
    return provider;
  }

  /// Without any, managed scaling is DISABLED; sent without a status, it is ENABLED.
  private static ManagedScaling scaling(
      @Nullable ManagedScaling before, @Nullable ManagedScaling sent) {
    if (sent == null && before != null) {
      return before;
    }
    ManagedScaling now = sent == null ? ManagedScaling.builder().build() : sent;
    ManagedScaling old = before == null ? ManagedScaling.builder().build() : before;
    ManagedScalingStatus usual =
        sent == null ? ManagedScalingStatus.DISABLED : ManagedScalingStatus.ENABLED;
    int minimum = number(now.minimumScalingStepSize(), old.minimumScalingStepSize(), 1);
    int maximum = number(now.maximumScalingStepSize(), old.maximumScalingStepSize(), STEP_MAX);
    int target = number(now.targetCapacity(), old.targetCapacity(), TARGET_MAX);
    int warmup = number(now.instanceWarmupPeriod(), old.instanceWarmupPeriod(), WARMUP_SECONDS);
    if (minimum < 1 || maximum > STEP_MAX || minimum > maximum) {
      throw EcsErrors.invalidParameter("The minimum or maximum scaling step size value is invalid");
    }
    range("targetCapacity", target, 1, TARGET_MAX);
    range("instanceWarmupPeriod", warmup, 0, STEP_MAX);
    return ManagedScaling.builder()
        .status(or(now.status(), or(old.status(), usual)))
        .targetCapacity(target)
        .minimumScalingStepSize(minimum)
        .maximumScalingStepSize(maximum)
        .instanceWarmupPeriod(warmup)
        .build();
  }

  private static void range(String member, int value, int least, int most) {
    if (value < least || value > most) {
      throw EcsErrors.invalidParameter(member + " must be between " + least + " and " + most + ".");
    }
  }

  private static int number(@Nullable Integer sent, @Nullable Integer before, int usual) {
    return sent != null ? sent : before != null ? before : usual;
  }

  private static <T> T or(@Nullable T value, T other) {
    return value == null ? other : value;
  }
}
