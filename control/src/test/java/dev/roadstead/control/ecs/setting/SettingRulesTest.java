package dev.roadstead.control.ecs.setting;

import dev.roadstead.control.RuleRow;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of the operations on account settings.
class SettingRulesTest {
  private static final String NAMES =
      "[serviceLongArnFormat,taskLongArnFormat,containerInstanceLongArnFormat,awsvpcTrunking,"
          + "containerInsights,dualStackIPv6,fargateFIPSMode,tagResourceAuthorization,"
          + "fargateTaskRetirementWaitPeriod,fargateEventWindows,guardDutyActivate,"
          + "defaultLogDriverMode]";

  private static final String TABLE =
      """
      PutAccountSetting {"name": "else", "value": "on"}
      InvalidParameterException: else should be one of NAMES

      PutAccountSettingDefault {"value": "on"}
      InvalidParameterException: null should be one of NAMES

      DeleteAccountSetting {"name": "else"}
      InvalidParameterException: else should be one of NAMES

      ListAccountSettings {"name": "else"}
      InvalidParameterException: else should be one of NAMES

      PutAccountSetting {"name": "containerInsights", "value": "on"}
      InvalidParameterException: on should be one of [enabled,disabled,enhanced]

      PutAccountSettingDefault {"name": "taskLongArnFormat"}
      InvalidParameterException: null should be one of [enabled,disabled]

      PutAccountSettingDefault {"name": "fargateTaskRetirementWaitPeriod", "value": "8"}
      InvalidParameterException: 8 should be one of [0,7,14]

      PutAccountSetting {"name": "fargateTaskRetirementWaitPeriod", "value": "7", \
      "principalArn": "arn:aws:iam::123456789012:user/kim"}
      InvalidParameterException: fargateTaskRetirementWaitPeriod can only be set for the account, \
      by its root user.

      PutAccountSetting {"name": "guardDutyActivate", "value": "on"}
      InvalidParameterException: guardDutyActivate is a read-only setting that is managed by AWS.

      PutAccountSettingDefault {"name": "guardDutyActivate", "value": "on"}
      InvalidParameterException: guardDutyActivate is a read-only setting that is managed by AWS.

      DeleteAccountSetting {"name": "guardDutyActivate"}
      InvalidParameterException: guardDutyActivate is a read-only setting that is managed by AWS.

      PutAccountSetting {"name": "containerInsights", "value": "enabled", "principalArn": "kim"}
      InvalidParameterException: Invalid principal ARN.

      PutAccountSetting {"name": "containerInsights", "value": "enabled", \
      "principalArn": "arn:aws:iam::210987654321:user/kim"}
      InvalidParameterException: Invalid principal ARN.

      DeleteAccountSetting {"name": "containerInsights", \
      "principalArn": "arn:aws:iam::123456789012:group/all"}
      InvalidParameterException: Invalid principal ARN.

      ListAccountSettings {"principalArn": "kim"}
      InvalidParameterException: Invalid principal ARN.

      ListAccountSettings {"value": "enabled"}
      InvalidParameterException: A name must be specified when a value is specified.
      """;

  static Stream<RuleRow> rules() {
    return RuleRow.table(TABLE.replace("NAMES", NAMES));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    rule.check(RuleRow.world());
  }
}
