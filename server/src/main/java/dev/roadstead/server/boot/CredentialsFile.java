package dev.roadstead.server.boot;

import dev.roadstead.server.host.Missing;
import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The administrator's key of a server beyond loopback, in a file that AWS's own tools read
/// (AWS_SHARED_CREDENTIALS_FILE). Made at the first start, readable by its owner only.
///
/// @param path the file
public record CredentialsFile(Path path, String accessKeyId, String secret) {
  private static final String NAME = "credentials";
  private static final int ID_LENGTH = 16;
  private static final int SECRET_BYTES = 30;
  private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /// Reads the file of a data directory; null when there is none.
  public static @Nullable CredentialsFile read(Path data) {
    Path path = data.resolve(NAME);
    try {
      String id = "";
      String secret = "";
      for (String line : lines(path)) {
        String[] parts = line.split("=", 2);
        if (parts[0].strip().equals("aws_access_key_id") && parts.length == 2) {
          id = parts[1].strip();
        } else if (parts[0].strip().equals("aws_secret_access_key") && parts.length == 2) {
          secret = parts[1].strip();
        }
      }
      return id.isEmpty() || secret.isEmpty() ? null : new CredentialsFile(path, id, secret);
    } catch (IOException e) {
      throw new Missing("Cannot read " + path + ": " + e + ".");
    }
  }

  private static List<String> lines(Path path) throws IOException {
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  /// Reads the file, made with a fresh key when there is none.
  public static CredentialsFile open(Path data) {
    CredentialsFile known = read(data);
    return known != null ? known : create(data.resolve(NAME));
  }

  private static CredentialsFile create(Path path) {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder("AKIA");
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
    }
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getEncoder().encodeToString(bytes);
    String text =
        "[default]\naws_access_key_id = " + id + "\naws_secret_access_key = " + secret + "\n";
    try {
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(path, PosixFilePermissions.asFileAttribute(owner));
      Files.writeString(path, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
      return new CredentialsFile(path, id.toString(), secret);
    } catch (IOException e) {
      throw new Missing("Cannot write " + path + ": " + e + ".");
    }
  }

  /// The one key there is.
  public Keys keys() {
    Keys.Key key =
        new Keys.Key(
            secret,
            Policy.DEVELOPMENT_ACCOUNT,
            "arn:aws:iam::" + Policy.DEVELOPMENT_ACCOUNT + ":root");
    return (id, token) -> id.equals(accessKeyId) && token == null ? key : null;
  }

  @Override
  public String toString() {
    return "CredentialsFile[" + path + "]";
  }
}
