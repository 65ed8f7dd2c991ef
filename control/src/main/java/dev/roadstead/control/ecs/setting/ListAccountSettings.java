package dev.roadstead.control.ecs.setting;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Read;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.api.Page;
import dev.roadstead.control.ecs.api.Paging;
import dev.roadstead.control.ecs.table.AccountSetting;
import dev.roadstead.control.ecs.table.AccountSettings;
import dev.roadstead.engine.root.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsResponse;
import software.amazon.awssdk.services.ecs.model.Setting;

/// Lists what a principal chose, or what holds for it. Source: ECS API reference,
/// ListAccountSettings.
public final class ListAccountSettings
    implements Read<ListAccountSettingsRequest, ListAccountSettingsResponse> {
  /// Source: ECS API reference, ListAccountSettings, `maxResults`.
  private static final int MAX = 10;

  @Override
  public ListAccountSettingsResponse answer(
      State state, ListAccountSettingsRequest request, Call call) {
    if (request.value() != null && request.nameAsString() == null) {
      throw EcsErrors.invalidParameter("A name must be specified when a value is specified.");
    }
    List<SettingKind> kinds =
        request.nameAsString() == null
            ? List.of(SettingKind.values())
            : List.of(SettingKind.of(request.nameAsString()));
    String principal = Settings.principal(request.principalArn(), call);
    boolean effective = Boolean.TRUE.equals(request.effectiveSettings());
    List<Setting> settings = new ArrayList<>();
    for (SettingKind kind : kinds) {
      AccountSetting own = AccountSettings.find(state, call.scope(), kind.title, principal);
      if (effective) {
        settings.add(Settings.effective(state, call.scope(), principal, kind));
      } else if (own != null) {
        settings.add(Settings.shape(own));
      }
    }
    settings.removeIf(
        setting -> request.value() != null && !request.value().equals(setting.value()));
    settings.sort(Comparator.comparing(Setting::nameAsString));
    String binding =
        "ListAccountSettings|%s|%s|%s|%s"
            .formatted(request.nameAsString(), request.value(), principal, effective);
    Page<Setting> page =
        Paging.page(
            settings,
            Setting::nameAsString,
            new Paging.Ask(binding, request.maxResults(), request.nextToken(), MAX, MAX));
    return ListAccountSettingsResponse.builder()
        .settings(page.items())
        .nextToken(page.nextToken())
        .build();
  }
}
