package dev.roadstead.control.ecs.setting;

import dev.roadstead.control.api.Entry;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;

/// The operations of account settings.
public final class SettingOperations {
  private static final String MISSING =
      "containerInsights is the default of new clusters; the others are kept and shown only";

  private SettingOperations() {}

  public static List<Entry> entries() {
    return List.of(
        Entry.partial(
            "PutAccountSetting",
            PutAccountSettingRequest::builder,
            new PutAccountSetting(),
            MISSING),
        Entry.partial(
            "PutAccountSettingDefault",
            PutAccountSettingDefaultRequest::builder,
            new PutAccountSettingDefault(),
            MISSING),
        Entry.of(
            "DeleteAccountSetting",
            DeleteAccountSettingRequest::builder,
            new DeleteAccountSetting()),
        Entry.of(
            "ListAccountSettings", ListAccountSettingsRequest::builder, new ListAccountSettings()));
  }
}
