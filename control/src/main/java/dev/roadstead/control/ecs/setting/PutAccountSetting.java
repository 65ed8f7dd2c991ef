package dev.roadstead.control.ecs.setting;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.AccountSetting;
import dev.roadstead.control.ecs.table.AccountSettings;
import dev.roadstead.engine.root.State;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingResponse;

/// Chooses a setting for the caller or a principal named. Source: ECS API reference,
/// PutAccountSetting.
public final class PutAccountSetting
    implements Write<PutAccountSettingRequest, PutAccountSettingResponse> {
  @Override
  public Decision<PutAccountSettingResponse> decide(
      State state, PutAccountSettingRequest request, Call call) {
    SettingKind kind = Settings.writable(request.nameAsString(), request.value());
    Scope scope = call.scope();
    String principal = Settings.principal(request.principalArn(), call);
    if (kind.rootOnly() && !principal.equals(Settings.root(scope))) {
      throw EcsErrors.invalidParameter(
          kind.title + " can only be set for the account, by its root user.");
    }
    AccountSetting row =
        new AccountSetting(scope.account(), scope.region(), kind.title, principal, request.value());
    return new Decision<>(
        List.of(AccountSettings.put(row)),
        PutAccountSettingResponse.builder().setting(Settings.shape(row)).build());
  }
}
