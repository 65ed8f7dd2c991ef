package dev.roadstead.control.ecs.table;

import dev.roadstead.control.api.Scope;

/// An account setting that somebody chose.
///
/// @param principalArn whose it is; the account's root for what holds for all others
public record AccountSetting(
    String account, String region, String name, String principalArn, String value) {
  public Scope scope() {
    return new Scope(account, region);
  }

  public String key() {
    return AccountSettings.key(scope(), name, principalArn);
  }
}
