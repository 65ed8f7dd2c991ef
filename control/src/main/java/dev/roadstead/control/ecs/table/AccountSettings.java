package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;
import dev.roadstead.engine.root.State;
import dev.roadstead.engine.table.Change;
import dev.roadstead.engine.table.Table;
import org.jspecify.annotations.Nullable;

/// Account settings by account, region, name and principal.
public final class AccountSettings {
  public static final Table<AccountSetting> TABLE =
      Table.of("account-settings", AccountSetting.class, AccountSetting::key);

  private AccountSettings() {}

  public static String key(Scope scope, String name, String principalArn) {
    return scope.key(name, principalArn);
  }

  /// What that principal chose itself, or null.
  public static @Nullable AccountSetting find(
      State state, Scope scope, String name, String principalArn) {
    return state.find(TABLE, key(scope, name, principalArn));
  }

  public static Change put(AccountSetting setting) {
    return TABLE.put(setting);
  }

  public static Change delete(AccountSetting setting) {
    return TABLE.delete(setting.key());
  }
}
