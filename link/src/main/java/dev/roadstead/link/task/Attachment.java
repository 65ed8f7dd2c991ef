package dev.roadstead.link.task;

import dev.roadstead.link.Copies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A resource attached to a task: `amazonebs`, `s3files` or `serviceconnectdetail`.
public record Attachment(
    String attachmentArn, String attachmentType, List<Property> attachmentProperties) {
  public Attachment {
    attachmentProperties = Copies.of(attachmentProperties);
  }

  public record Property(String name, @Nullable String value) {}
}
