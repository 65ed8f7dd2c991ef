package dev.roadstead.control.ecs.tag;

import dev.roadstead.control.RuleRow;
import dev.roadstead.control.World;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every refusal of the operations on tags.
class TagRulesTest {
  private static final String ARN = "arn:aws:ecs:" + World.REGION + ":" + World.ACCOUNT + ":";
  private static final String CLUSTER = "\"resourceArn\": \"" + ARN + "cluster/default\"";

  private static final Map<String, String> SHORTS =
      Map.of(
          "Tag",
          "TagResource {" + CLUSTER + ", \"tags\": %s}",
          "Untag",
          "UntagResource {" + CLUSTER + ", \"tagKeys\": %s}",
          "Tags",
          "ListTagsForResource {\"resourceArn\": \"%s\"}",
          "Of",
          "TagResource {\"resourceArn\": \"%s\", \"tags\": [{\"key\": \"a\"}]}",
          "Create",
          "CreateCluster {\"clusterName\": \"new\", \"tags\": %s}");

  private static final String TABLE =
      """
      Tag []
      InvalidParameterException: Tags can not be empty.

      Tag [{"key": "", "value": "v"}]
      InvalidParameterException: Tag keys can not be empty.

      Tag [{"value": "v"}]
      InvalidParameterException: Tag keys can not be empty.

      Tag [{"key": "a#b", "value": "v"}]
      InvalidParameterException: The tag key 'a#b' is invalid.

      Tag [{"key": "AwS:x", "value": "v"}]
      InvalidParameterException: Tag keys that start with 'aws:' are reserved for system use.

      Tag [{"key": "k", "value": "a#b"}]
      InvalidParameterException: The value of the tag 'k' is invalid.

      Tag [{"key": "k", "value": "fill(257)"}]
      InvalidParameterException: The value of the tag 'k' is invalid.

      Tag [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]
      InvalidParameterException: Duplicate tag key: 'k'.

      Tag list(51 of {"key": "k#"})
      LimitExceededException: The number of tags exceeds the limit of 50 tags per resource.

      Create list(51 of {"key": "k#"})
      InvalidParameterException: The number of tags exceeds the limit of 50 tags per resource.

      Untag []
      InvalidParameterException: Tag keys can not be empty.

      Untag [""]
      InvalidParameterException: Tag keys can not be empty.

      Untag ["aws:cloudformation:stack-name"]
      InvalidParameterException: Tag keys that start with 'aws:' are reserved for system use.

      Of default
      InvalidParameterException: Invalid resource ARN.

      Of arn:aws:s3:::bucket
      InvalidParameterException: Invalid resource ARN.

      Of ARN:cluster/unknown
      ClusterNotFoundException: Cluster not found.

      Of ARN:cluster/gone
      ClusterNotFoundException: The referenced cluster was inactive.

      Of ARN:service/web
      InvalidParameterException: Long arn format must be used for tagging operations

      Of ARN:task/0123456789abcdef0123456789abcdef
      InvalidParameterException: Long arn format must be used for tagging operations

      Of ARN:container-instance/0123456789abcdef0123456789abcdef
      InvalidParameterException: Long arn format must be used for tagging operations

      Of ARN:service/unknown/web
      ClusterNotFoundException: Cluster not found.

      Of ARN:service/default/web
      ResourceNotFoundException: The specified resource could not be found.

      Of ARN:task/default/0123456789abcdef0123456789abcdef
      ResourceNotFoundException: The specified resource could not be found.

      Of ARN:task-definition/web:1
      ResourceNotFoundException: The specified resource could not be found.

      Of arn:aws:ecs:eu-west-1:123456789012:cluster/default
      ResourceNotFoundException: The specified resource could not be found.

      Of ARN:something/mine
      InvalidParameterException: Unsupported resource type: something

      Of ARN:capacity-provider/mine
      ResourceNotFoundException: The specified resource could not be found.

      UntagResource {"resourceArn": "ARN:service/default/web", "tagKeys": ["a"]}
      ResourceNotFoundException: The specified resource could not be found.

      Tags ARN:service/default/web
      InvalidParameterException: The specified resource could not be found.

      Tags ARN:service/web
      InvalidParameterException: Long arn format must be used for tagging operations
      """;

  static Stream<RuleRow> rules() {
    return RuleRow.table(TABLE.replace("ARN:", ARN), SHORTS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void refuses(RuleRow rule) {
    World world = RuleRow.world();
    RuleRow.perform(world, "CreateCluster {}");
    RuleRow.perform(world, "CreateCluster {\"clusterName\": \"gone\"}");
    RuleRow.perform(world, "DeleteCluster {\"cluster\": \"gone\"}");
    rule.check(world);
  }
}
