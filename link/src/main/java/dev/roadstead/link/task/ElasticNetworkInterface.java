package dev.roadstead.link.task;

import dev.roadstead.link.Copies;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The network interface of an awsvpc task.
/// @param subnetGatewayIpv4Address as `a.b.c.d/nn`
/// @param interfaceAssociationProtocol `default` or `vlan`
@RecordBuilder
public record ElasticNetworkInterface(
    @Nullable String attachmentArn,
    @Nullable String macAddress,
    @Nullable String ec2Id,
    List<Ipv4Address> ipv4Addresses,
    List<Ipv6Address> ipv6Addresses,
    @Nullable String subnetGatewayIpv4Address,
    @Nullable String subnetGatewayIpv6Address,
    List<String> domainNameServers,
    List<String> domainName,
    @Nullable String privateDnsName,
    @Nullable String interfaceAssociationProtocol,
    @Nullable VlanProperties interfaceVlanProperties) {
  public ElasticNetworkInterface {
    ipv4Addresses = Copies.of(ipv4Addresses);
    ipv6Addresses = Copies.of(ipv6Addresses);
    domainNameServers = Copies.of(domainNameServers);
    domainName = Copies.of(domainName);
  }

  public record Ipv4Address(String privateAddress, @Nullable Boolean primary) {}

  public record Ipv6Address(String address) {}

  public record VlanProperties(
      @Nullable String vlanId, @Nullable String trunkInterfaceMacAddress) {}
}
