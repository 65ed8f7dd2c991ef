package dev.roadstead.agent.shell;

import dev.roadstead.base.Bug;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trusts whom the JVM trusts, but reads its certificates at the first TLS connection instead of
/// at the start: an agent that speaks plain HTTP to its control plane makes none, and reading them
/// costs a tenth of a second and 3 MiB.
final class LateTrust extends X509ExtendedTrustManager {
  private final Supplier<X509ExtendedTrustManager> source;
  private @Nullable X509ExtendedTrustManager read;

  /// @param source asked once, when first needed
  LateTrust(Supplier<X509ExtendedTrustManager> source) {
    this.source = source;
  }

  /// For clients without a certificate of their own.
  static SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new LateTrust(LateTrust::usual)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new Bug("every Java has TLS", e);
    }
  }

  static X509ExtendedTrustManager usual() {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      for (TrustManager one : factory.getTrustManagers()) {
        if (one instanceof X509ExtendedTrustManager found) {
          return found;
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM's trusted certificates cannot be read", e);
    }
    throw new Bug("every Java has a trust manager for X.509");
  }

  private synchronized X509ExtendedTrustManager usualOnes() {
    X509ExtendedTrustManager known = read;
    if (known == null) {
      known = source.get();
      read = known;
    }
    return known;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    usualOnes().checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    usualOnes().checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    usualOnes().checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    usualOnes().checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    usualOnes().checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    usualOnes().checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return usualOnes().getAcceptedIssuers();
  }
}
