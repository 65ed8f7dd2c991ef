package dev.roadstead.e2e;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/// Plain HTTP to containers on this machine.
final class Http {
  private static final int PATIENCE_MILLIS = 2000;

  private Http() {}

  /// The status of `GET /` at a port of the loopback address; 0 when nobody answers.
  static int status(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      return connection.getResponseCode();
    } catch (IOException _) {
      return 0;
    }
  }
}
