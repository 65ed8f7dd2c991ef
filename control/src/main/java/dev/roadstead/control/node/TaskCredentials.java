package dev.roadstead.control.node;

import dev.roadstead.base.Bug;
import dev.roadstead.control.ecs.table.Task;
import dev.roadstead.link.task.RoleCredentials;
import dev.roadstead.wire.api.AwsError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Temporary credentials of tasks. They are derived from one secret and nothing else is kept: every
/// member of the control plane derives the same, and one that gets a signature derives its key from
/// the session token.
///
/// Keys change every {@link #PERIOD} and live twice as long, so those in use have at least one
/// period left when new ones are pushed; the id that is part of the container's URL stays.
public final class TaskCredentials {
  /// Source: IAM user guide: role sessions live up to 12 hours; SDKs refresh 5 minutes ahead.
  public static final Duration PERIOD = Duration.ofHours(3);

  /// Bytes of entropy of the secret.
  public static final int SECRET_BYTES = 32;

  /// Tokens are made here, from names of limited length.
  private static final int TOKEN_MAX = 4096;

  private static final String KEY_PREFIX = "ASIA";
  private static final int KEY_SUFFIX_CHARS = 16;
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int SIGNATURE_BYTES = 32;

  /// Lines of a token; a role whose name has line breaks gets keys that are good for nothing.
  private static final int CLAIMS = 4;

  private final SecretKeySpec secret;

  /// The credentials that this secret yields.
  ///
  /// @param secret unguessable, the same for all members and over restarts
  public TaskCredentials(byte[] secret) {
    if (secret.length < SECRET_BYTES) {
      throw new IllegalArgumentException("the secret is too short");
    }
    this.secret = new SecretKeySpec(secret, "HmacSHA256");
  }

  /// For whom credentials are.
  public enum Kind {
    /// The task's containers; `TaskApplication` on the wire.
    APPLICATION("TaskApplication"),
    /// The agent, for images, secrets and logs; `TaskExecution` on the wire.
    EXECUTION("TaskExecution");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    public String wire() {
      return wire;
    }
  }

  /// Who signs with credentials of a task.
  ///
  /// @param taskKey of the task's row
  public record Session(String secretAccessKey, String taskKey, String roleArn, Instant expiresAt) {
    /// The task's account, 12 digits.
    public String account() {
      return taskKey.substring(0, taskKey.indexOf('/'));
    }

    /// The role's session, named by the task's id:
    /// `arn:aws:sts::ACCOUNT:assumed-role/ROLE/TASKID`. Paths of roles are not part of it.
    /// Source: IAM user guide, "IAM identifiers".
    public String principalArn() {
      String role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
      String task = taskKey.substring(taskKey.lastIndexOf('/') + 1);
      return "arn:aws:sts::" + account() + ":assumed-role/" + role + "/" + task;
    }

    /// Hides the key.
    @Override
    public String toString() {
      return "Session[" + taskKey + ", " + roleArn + "]";
    }
  }

  /// Which keys are in use at that time; one more every period.
  public static long generation(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), PERIOD.toSeconds());
  }

  /// The credentials of a task at that time.
  public RoleCredentials of(Task task, String roleArn, Kind kind, Instant now) {
    long until = (generation(now) + 2) * PERIOD.toSeconds();
    byte[] claims =
        String.join("\n", task.key(), roleArn, kind.wire(), Long.toString(until))
            .getBytes(StandardCharsets.UTF_8);
    String token = token(claims);
    return new RoleCredentials(
        HexFormat.of().formatHex(Arrays.copyOf(mac("id", task.key() + "\n" + kind.wire()), 16)),
        roleArn,
        accessKeyId(token),
        secretAccessKey(token),
        token,
        Instant.ofEpochSecond(until).toString(),
        null);
  }

  /// Who has these keys, or null when they are not credentials of a task. Refuses with
  /// `ExpiredTokenException` when they no longer are.
  public @Nullable Session find(String accessKeyId, String sessionToken, Instant now) {
    if (sessionToken.length() > TOKEN_MAX) {
      return null;
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(sessionToken);
    } catch (IllegalArgumentException _) {
      return null;
    }
    if (bytes.length <= SIGNATURE_BYTES) {
      return null;
    }
    byte[] claims = Arrays.copyOfRange(bytes, SIGNATURE_BYTES, bytes.length);
    String text = new String(claims, StandardCharsets.UTF_8);
    String[] parts = text.split("\n", -1);
    if (!MessageDigest.isEqual(mac("token", text), Arrays.copyOf(bytes, SIGNATURE_BYTES))
        || !same(accessKeyId(sessionToken), accessKeyId)
        || parts.length != CLAIMS) {
      return null;
    }
    Instant until = Instant.ofEpochSecond(Long.parseLong(parts[3]));
    if (!until.isAfter(now)) {
      throw AwsError.client(
              "ExpiredTokenException", "The security token included in the request is expired")
          .refusal();
    }
    return new Session(secretAccessKey(sessionToken), parts[0], parts[1], until);
  }

  private static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private String token(byte[] claims) {
    byte[] signature = mac("token", new String(claims, StandardCharsets.UTF_8));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(signature.length + claims.length)
                .put(signature)
                .put(claims)
                .array());
  }

  private String accessKeyId(String token) {
    byte[] bytes = mac("key", token);
    StringBuilder id = new StringBuilder(KEY_PREFIX);
    for (int i = 0; i < KEY_SUFFIX_CHARS; i++) {
      id.append(ALPHABET.charAt(bytes[i] & (ALPHABET.length() - 1)));
    }
    return id.toString();
  }

  private String secretAccessKey(String token) {
    return Base64.getEncoder().withoutPadding().encodeToString(mac("secret", token));
  }

  private byte[] mac(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new Bug("every JDK has HmacSHA256", e);
    }
  }
}
