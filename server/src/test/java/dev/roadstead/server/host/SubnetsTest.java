package dev.roadstead.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SubnetsTest {
  private static final String HEAD =
      "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

  @Test
  void picksABlockWhenOnlyTheDefaultRouteExists() {
    String routes = HEAD + "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n";
    assertThat(Subnets.free(routes, 0)).isEqualTo("10.192.0.1/20");
    assertThat(Subnets.free(routes, 1)).isEqualTo("10.192.16.1/20");
    assertThat(Subnets.free(routes, -1)).isEqualTo("10.255.240.1/20");
  }

  @Test
  void skipsBlocksThatARouteCovers() {
    // 10.192.5.0/24 lies inside the first block.
    String routes = HEAD + "br0\t0005C00A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n";
    assertThat(Subnets.free(routes, 0)).isEqualTo("10.192.16.1/20");
  }

  @Test
  void yieldsNothingWhenARouteCoversEveryBlock() {
    String routes = HEAD + "vpn\t0000000A\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0\n";
    assertThat(Subnets.free(routes, 7)).isNull();
  }
}
