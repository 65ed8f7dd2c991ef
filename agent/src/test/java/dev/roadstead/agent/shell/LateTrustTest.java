package dev.roadstead.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

final class LateTrustTest {
  private final AtomicInteger asked = new AtomicInteger();
  private final LateTrust trust =
      new LateTrust(
          () -> {
            asked.incrementAndGet();
            return new Nobody();
          });

  @Test
  void readsCertificatesOnceAndWhenFirstNeeded() {
    assertThat(asked).hasValue(0);
    assertThat(trust.getAcceptedIssuers()).isEmpty();
    assertThat(trust.getAcceptedIssuers()).isEmpty();
    assertThat(asked).hasValue(1);
  }

  @Test
  void refusesWhomItsSourceRefuses() throws Exception {
    var chain = new X509Certificate[0];
    SSLEngine engine = LateTrust.context().createSSLEngine();
    assertThatThrownBy(() -> trust.checkServerTrusted(chain, "RSA", engine))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkServerTrusted(chain, "RSA", new Socket()))
        .isInstanceOf(CertificateException.class);
    assertThatThrownBy(() -> trust.checkServerTrusted(chain, "RSA"))
        .isInstanceOf(CertificateException.class);
  }

  @Test
  void trustsWhomTheJvmTrusts() {
    assertThat(LateTrust.usual().getAcceptedIssuers()).isNotEmpty();
  }

  /// Trusts nobody.
  private static final class Nobody extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("nobody");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("nobody");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      throw new CertificateException("nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("nobody");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
