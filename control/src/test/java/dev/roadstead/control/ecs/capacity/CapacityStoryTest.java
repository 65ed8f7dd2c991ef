package dev.roadstead.control.ecs.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.CapacityProviders;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderResponse;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderResponse;

/// The life of a capacity provider.
class CapacityStoryTest {
  private static final String GROUP =
      "CreateCapacityProvider {\"name\": \"group\", \"autoScalingGroupProvider\":"
          + " {\"autoScalingGroupArn\": \"g\", \"managedScaling\": {\"targetCapacity\": 80}}}";

  private final World world = RuleRow.world().with(new ProviderReaper());

  @Test
  void defaultsAreFilledInAndARepeatChangesNothing() {
    CapacityProvider made = perform(GROUP, CreateCapacityProviderResponse.class).capacityProvider();
    assertThat(made.capacityProviderArn())
        .isEqualTo("arn:aws:ecs:eu-central-1:123456789012:capacity-provider/group");
    assertThat(made.typeAsString()).isEqualTo("EC2_AUTOSCALING");
    assertThat(made.statusAsString()).isEqualTo("ACTIVE");
    var settings = made.autoScalingGroupProvider();
    assertThat(settings.managedDrainingAsString()).isEqualTo("ENABLED");
    assertThat(settings.managedTerminationProtectionAsString()).isEqualTo("DISABLED");
    assertThat(settings.managedScaling().statusAsString()).isEqualTo("ENABLED");
    assertThat(settings.managedScaling().targetCapacity()).isEqualTo(80);
    assertThat(settings.managedScaling().minimumScalingStepSize()).isEqualTo(1);
    assertThat(settings.managedScaling().maximumScalingStepSize()).isEqualTo(10_000);
    assertThat(settings.managedScaling().instanceWarmupPeriod()).isEqualTo(300);
    long position = world.state().position();
    assertThat(perform(GROUP, CreateCapacityProviderResponse.class).capacityProvider())
        .isEqualTo(made);
    assertThat(world.state().all(CapacityProviders.TABLE)).hasSize(1);
    assertThat(world.state().position()).isGreaterThanOrEqualTo(position);
  }

  @Test
  void anUpdateChangesWhatIsSent() {
    perform(GROUP, CreateCapacityProviderResponse.class);
    CapacityProvider after =
        perform(
                "UpdateCapacityProvider {\"name\": \"group\", \"autoScalingGroupProvider\":"
                    + " {\"managedScaling\": {\"status\": \"DISABLED\"}}}",
                UpdateCapacityProviderResponse.class)
            .capacityProvider();
    assertThat(after.updateStatusAsString()).isEqualTo("UPDATE_COMPLETE");
    var scaling = after.autoScalingGroupProvider().managedScaling();
    assertThat(scaling.statusAsString()).isEqualTo("DISABLED");
    assertThat(scaling.targetCapacity()).isEqualTo(80);
  }

  @Test
  void itIsDeletedOnceNoClusterHasIt() {
    perform(GROUP, CreateCapacityProviderResponse.class);
    RuleRow.perform(world, "CreateCluster {}");
    put("[\"group\"]");
    put("[]");
    DeleteCapacityProviderResponse deleted =
        perform(
            "DeleteCapacityProvider {\"capacityProvider\": \"group\"}",
            DeleteCapacityProviderResponse.class);
    assertThat(deleted.capacityProvider().statusAsString()).isEqualTo("INACTIVE");
    assertThat(deleted.capacityProvider().updateStatusAsString()).isEqualTo("DELETE_COMPLETE");
    assertThat(described("{\"capacityProviders\": [\"group\"]}").capacityProviders()).hasSize(1);
    assertThat(names("{}")).containsExactly("FARGATE", "FARGATE_SPOT");
    world.pass(CapacityProviders.INACTIVE_RETENTION.plus(Duration.ofSeconds(1))).settle();
    var gone = described("{\"capacityProviders\": [\"group\"]}");
    assertThat(gone.failures().getFirst().reason()).isEqualTo("MISSING");
  }

  @Test
  void aClusterShowsItsProvidersAndItsStrategyWithZeroesFilledIn() {
    perform(GROUP, CreateCapacityProviderResponse.class);
    RuleRow.perform(world, "CreateCluster {}");
    var cluster =
        perform(
                "PutClusterCapacityProviders {\"cluster\": \"default\","
                    + "\"capacityProviders\": [\"group\", \"FARGATE\"],"
                    + "\"defaultCapacityProviderStrategy\":"
                    + "[{\"capacityProvider\": \"group\", \"weight\": 1}]}",
                PutClusterCapacityProvidersResponse.class)
            .cluster();
    assertThat(cluster.capacityProviders()).containsExactly("group", "FARGATE");
    var item = cluster.defaultCapacityProviderStrategy().getFirst();
    assertThat(item.capacityProvider()).isEqualTo("group");
    assertThat(item.weight()).isEqualTo(1);
    assertThat(item.base()).isZero();
    assertThat(names("{}")).containsExactly("FARGATE", "FARGATE_SPOT", "group");
    assertThat(names("{\"cluster\": \"default\"}")).containsExactly("FARGATE", "group");
  }

  private void put(String names) {
    RuleRow.perform(
        world,
        "PutClusterCapacityProviders {\"cluster\": \"default\", \"capacityProviders\": "
            + names
            + ", \"defaultCapacityProviderStrategy\": []}");
  }

  private List<String> names(String request) {
    return described(request).capacityProviders().stream().map(CapacityProvider::name).toList();
  }

  private DescribeCapacityProvidersResponse described(String request) {
    return perform("DescribeCapacityProviders " + request, DescribeCapacityProvidersResponse.class);
  }

  private <T> T perform(String call, Class<T> answer) {
    return answer.cast(RuleRow.perform(world, call));
  }
}
