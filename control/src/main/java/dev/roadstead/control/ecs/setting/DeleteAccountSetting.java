package dev.roadstead.control.ecs.setting;

import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Decision;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.api.Write;
import dev.roadstead.control.ecs.table.AccountSetting;
import dev.roadstead.control.ecs.table.AccountSettings;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingResponse;
import software.amazon.awssdk.services.ecs.model.Setting;

/// Takes back a choice; answers the value that holds from then on. Source: ECS API reference,
/// DeleteAccountSetting.
public final class DeleteAccountSetting
    implements Write<DeleteAccountSettingRequest, DeleteAccountSettingResponse> {
  @Override
  public Decision<DeleteAccountSettingResponse> decide(
      State state, DeleteAccountSettingRequest request, Call call) {
    SettingKind kind = Settings.writable(SettingKind.of(request.nameAsString()));
    Scope scope = call.scope();
    String principal = Settings.principal(request.principalArn(), call);
    AccountSetting before = AccountSettings.find(state, scope, kind.title, principal);
    List<Change> changes = before == null ? List.of() : List.of(AccountSettings.delete(before));
    Setting after = Settings.effective(state.with(changes), scope, principal, kind);
    return new Decision<>(
        changes,
        DeleteAccountSettingResponse.builder()
            .setting(Settings.shape(kind, after.value(), principal))
            .build());
  }
}
