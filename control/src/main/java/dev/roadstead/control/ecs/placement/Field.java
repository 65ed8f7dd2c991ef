package dev.roadstead.control.ecs.placement;

import dev.roadstead.control.ecs.table.Attribute;

/// A text, or a set of texts, of a container instance that a query can name.
sealed interface Field {
  /// Whether the test holds for one of the field's texts; false when it has none.
  boolean any(Query.Subject subject, Test test);

  /// Whether all instances of a kind have the same texts.
  default boolean ofKind() {
    return true;
  }

  /// The value of an attribute; an attribute without value has the empty text.
  record AttributeValue(String name) implements Field {
    @Override
    public boolean any(Query.Subject subject, Test test) {
      Attribute attribute = subject.instance().attribute(name);
      if (attribute == null) {
        return false;
      }
      String value = attribute.value();
      return test.holds(value == null ? "" : value);
    }
  }

  /// `true` or `false`.
  record AgentConnected() implements Field {
    @Override
    public boolean any(Query.Subject subject, Test test) {
      return test.holds(Boolean.toString(subject.instance().connected()));
    }
  }

  record AgentVersion() implements Field {
    @Override
    public boolean any(Query.Subject subject, Test test) {
      return test.holds(subject.instance().agentVersion());
    }
  }

  record Ec2InstanceId() implements Field {
    @Override
    public boolean any(Query.Subject subject, Test test) {
      return test.holds(subject.instance().ec2InstanceId());
    }

    @Override
    public boolean ofKind() {
      return false;
    }
  }

  /// The groups that have a task on the instance.
  record TaskGroups() implements Field {
    @Override
    public boolean any(Query.Subject subject, Test test) {
      String also = subject.alsoGroup();
      if (also != null && test.holds(also)) {
        return true;
      }
      for (String group : subject.usage().groups().names()) {
        if (test.holds(group)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean ofKind() {
      return false;
    }
  }
}
