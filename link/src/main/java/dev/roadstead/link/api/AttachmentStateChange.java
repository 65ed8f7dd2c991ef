package dev.roadstead.link.api;

/// What became of an attachment.
public record AttachmentStateChange(String attachmentArn, String status) {}
