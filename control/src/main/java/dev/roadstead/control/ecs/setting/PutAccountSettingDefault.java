package dev.roadstead.control.ecs.setting;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.table.AccountSetting;
import dev.roadstead.control.ecs.table.AccountSettings;
import dev.roadstead.engine.root.State;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultResponse;

/// Chooses a setting for everyone in the account who has not chosen. Source: ECS API reference,
/// PutAccountSettingDefault.
public final class PutAccountSettingDefault
    implements Write<PutAccountSettingDefaultRequest, PutAccountSettingDefaultResponse> {
  @Override
  public Decision<PutAccountSettingDefaultResponse> decide(
      State state, PutAccountSettingDefaultRequest request, Call call) {
    SettingKind kind = Settings.writable(request.nameAsString(), request.value());
    Scope scope = call.scope();
    AccountSetting row =
        new AccountSetting(
            scope.account(), scope.region(), kind.title, Settings.root(scope), request.value());
    return new Decision<>(
        List.of(AccountSettings.put(row)),
        PutAccountSettingDefaultResponse.builder().setting(Settings.shape(row)).build());
  }
}
