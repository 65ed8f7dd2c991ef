package dev.roadstead.control.ecs.setting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.control.World;
import dev.roadstead.control.ecs.table.AccountSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;

/// A principal's own choice wins over the account's, and that over the service's.
class AccountSettingTest {
  private static final String ROOT = "arn:aws:iam::123456789012:root";
  private static final String USER = "arn:aws:iam::123456789012:user/ann";

  private final World world = new World(List.of(AccountSettings.TABLE));

  @Test
  void theNearestChoiceHolds() {
    assertThat(effective(USER)).isEqualTo("disabled");
    world.call(
        new PutAccountSettingDefault(),
        PutAccountSettingDefaultRequest.builder()
            .name("containerInsights")
            .value("enabled")
            .build());
    assertThat(effective(USER)).isEqualTo("enabled");
    world.call(new PutAccountSetting(), put("containerInsights", "enhanced"));
    assertThat(effective(USER)).isEqualTo("enhanced");
    assertThat(effective(ROOT)).isEqualTo("enabled");

    DeleteAccountSettingRequest delete =
        DeleteAccountSettingRequest.builder().name("containerInsights").principalArn(USER).build();
    assertThat(world.call(new DeleteAccountSetting(), delete).setting().value())
        .isEqualTo("enabled");
    assertThat(effective(USER)).isEqualTo("enabled");
  }

  @Test
  void listsChoicesOrEverythingInPagesOfTen() {
    world.call(new PutAccountSetting(), put("awsvpcTrunking", "enabled"));
    ListAccountSettingsRequest own =
        ListAccountSettingsRequest.builder().principalArn(USER).build();
    assertThat(world.call(new ListAccountSettings(), own).settings())
        .singleElement()
        .satisfies(one -> assertThat(one.principalArn()).isEqualTo(USER));

    ListAccountSettingsRequest all = own.toBuilder().effectiveSettings(true).build();
    ListAccountSettingsResponse first = world.call(new ListAccountSettings(), all);
    ListAccountSettingsResponse second =
        world.call(new ListAccountSettings(), all.toBuilder().nextToken(first.nextToken()).build());
    assertThat(first.settings()).hasSize(10);
    assertThat(second.settings()).hasSize(2);
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void refusesWhatCannotBeChosen() {
    assertRefused(put("nope", "enabled"), "nope should be one of [serviceLongArnFormat,taskLong");
    assertRefused(put("awsvpcTrunking", "on"), "on should be one of [enabled,disabled]");
    assertRefused(put("guardDutyActivate", "on"), "guardDutyActivate is a read-only setting");
    assertRefused(put("fargateTaskRetirementWaitPeriod", "0"), "fargateTaskRetirementWaitPeriod");
    assertThat(
            world.refusal(
                new ListAccountSettings(),
                ListAccountSettingsRequest.builder().value("enabled").build()))
        .hasMessageStartingWith("InvalidParameterException: A name must be specified");
  }

  private void assertRefused(PutAccountSettingRequest request, String start) {
    assertThat(world.refusal(new PutAccountSetting(), request))
        .hasMessageStartingWith("InvalidParameterException: " + start);
  }

  private String effective(String principal) {
    return Settings.effective(world.state(), World.scope(), principal, "containerInsights");
  }

  private static PutAccountSettingRequest put(String name, String value) {
    return PutAccountSettingRequest.builder().name(name).value(value).principalArn(USER).build();
  }
}
