package dev.roadstead.control.ecs.setting;

import dev.roadstead.base.Arn;
import dev.roadstead.control.api.Call;
import dev.roadstead.control.api.Scope;
import dev.roadstead.control.ecs.api.EcsErrors;
import dev.roadstead.control.ecs.table.AccountSetting;
import dev.roadstead.control.ecs.table.AccountSettings;
import dev.roadstead.engine.root.State;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Setting;
import software.amazon.awssdk.services.ecs.model.SettingType;

/// Who has which setting.
public final class Settings {
  private Settings() {}

  /// The value that holds for a principal: its own, else the account's default, else the service's.
  ///
  /// @param name a setting's name, for example `containerInsights`; unknown ones are refused
  public static String effective(State state, Scope scope, String principalArn, String name) {
    return effective(state, scope, principalArn, SettingKind.of(name)).value();
  }

  /// The value that holds for the caller.
  public static String effective(State state, Call call, String name) {
    return effective(state, call.scope(), principal(null, call), name);
  }

  static Setting effective(State state, Scope scope, String principalArn, SettingKind kind) {
    AccountSetting own = AccountSettings.find(state, scope, kind.title, principalArn);
    if (own == null) {
      own = AccountSettings.find(state, scope, kind.title, root(scope));
    }
    return own == null ? shape(kind, kind.usual, root(scope)) : shape(own);
  }

  static Setting shape(AccountSetting row) {
    return shape(SettingKind.of(row.name()), row.value(), row.principalArn());
  }

  static Setting shape(SettingKind kind, String value, String principalArn) {
    return Setting.builder()
        .name(kind.title)
        .value(value)
        .principalArn(principalArn)
        .type(kind.readOnly() ? SettingType.AWS_MANAGED : SettingType.USER)
        .build();
  }

  /// The account's root, under which its defaults are kept.
  static String root(Scope scope) {
    return "arn:aws:iam::" + scope.account() + ":root";
  }

  /// Whose settings are meant: those of the principal named, else of the caller. A session means
  /// its role; federated users have the account's. Refuses principals of other accounts and what
  /// is none with InvalidParameterException.
  static String principal(@Nullable String named, Call call) {
    String text = named == null || named.isEmpty() ? call.caller().principalArn() : named;
    Arn arn = Arn.parse(text);
    if (arn == null || !arn.account().equals(call.scope().account())) {
      throw EcsErrors.invalidParameter("Invalid principal ARN.");
    }
    return switch (arn.resourceType()) {
      case "root" -> root(call.scope());
      case "user", "role" -> text;
      case "assumed-role" -> role(arn);
      case "federated-user" -> root(call.scope());
      default -> throw EcsErrors.invalidParameter("Invalid principal ARN.");
    };
  }

  private static String role(Arn session) {
    String path = session.resourcePath();
    int slash = path.lastIndexOf('/');
    String name = slash < 0 ? path : path.substring(0, slash);
    return "arn:" + session.partition() + ":iam::" + session.account() + ":role/" + name;
  }

  /// Refuses a setting or value that cannot be chosen by that principal.
  static SettingKind writable(@Nullable String name, @Nullable String value) {
    SettingKind kind = SettingKind.of(name);
    kind.check(value);
    return writable(kind);
  }

  static SettingKind writable(SettingKind kind) {
    if (kind.readOnly()) {
      throw EcsErrors.invalidParameter(
          kind.title + " is a read-only setting that is managed by AWS.");
    }
    return kind;
  }
}
