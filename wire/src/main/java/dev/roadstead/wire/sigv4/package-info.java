/// Who sent a request: AWS Signature Version 4, in headers or in the query of a presigned URL.
/// No IO and no clock of its own: keys and time are passed in.
/// Source: IAM user guide, "AWS Signature Version 4 for API requests".
/// Start at {@link dev.roadstead.wire.sigv4.Verifier}.
@NullMarked
package dev.roadstead.wire.sigv4;

import org.jspecify.annotations.NullMarked;
