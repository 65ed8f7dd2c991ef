package dev.roadstead.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnAddressTest {
  private final OwnAddress bound = OwnAddress.of(null, "127.0.0.1", 4566);

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3:4566", "127.0.0.1", "ctl.example:80", "[fd00::1]:4566", "a_b"})
  void agentsAreToldWhereTheyCame(String host) {
    assertThat(bound.url(host)).isEqualTo("http://" + host);
    assertThat(OwnAddress.of(null, "0.0.0.0", 4566).url(host)).isEqualTo("http://" + host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a?b", "user@a", "a:b", "a:123456", "[a", "a b", "a:1:2"})
  void whatIsNoHostIsNotRepeated(String host) {
    assertThat(bound.url(host)).isEqualTo("http://127.0.0.1:4566");
  }

  @Test
  void anAdvertisedUrlGoesFirst() {
    OwnAddress advertised = OwnAddress.of("https://ecs.example", "0.0.0.0", 4566);
    assertThat(advertised.url("10.1.2.3:4566")).isEqualTo("https://ecs.example");
    assertThat(advertised.url("")).isEqualTo("https://ecs.example");
    assertThat(advertised.url()).isEqualTo("https://ecs.example");
  }

  @Test
  void boundToAllItIsAnAddressOfThisMachine() throws Exception {
    URI url = URI.create(OwnAddress.of(null, "0.0.0.0", 4566).url());
    InetAddress address = InetAddress.getByName(url.getHost());
    assertThat(address.isAnyLocalAddress()).isFalse();
    assertThat(NetworkInterface.getByInetAddress(address)).isNotNull();
    assertThat(url.getPort()).isEqualTo(4566);
  }

  @Test
  void readsAdvertisedUrls() {
    assertThat(OwnAddress.advertised("https://ecs.example/")).isEqualTo("https://ecs.example");
    assertThat(OwnAddress.advertised("http://[::1]:80")).isEqualTo("http://[::1]:80");
    assertThat(OwnAddress.advertised("http://10.0.0.1:4566")).isEqualTo("http://10.0.0.1:4566");
    for (String odd :
        new String[] {"", "ecs.example", "ftp://a", "http://", "http://a/b", "http"}) {
      assertThat(OwnAddress.advertised(odd)).as(odd).isNull();
    }
  }
}
