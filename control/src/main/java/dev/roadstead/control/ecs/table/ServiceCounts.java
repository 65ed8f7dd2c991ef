package dev.roadstead.control.ecs.table;

/// How many services a cluster has, by status and launch type.
public record ServiceCounts(
    int activeEc2, int activeExternal, int drainingEc2, int drainingExternal) {
  public static final ServiceCounts NONE = new ServiceCounts(0, 0, 0, 0);

  public int total() {
    return active() + drainingEc2 + drainingExternal;
  }

  public int active() {
    return activeEc2 + activeExternal;
  }

  ServiceCounts plus(Service service) {
    return step(service, 1);
  }

  ServiceCounts minus(Service service) {
    return step(service, -1);
  }

  private ServiceCounts step(Service service, int sign) {
    boolean external = service.launchType().equals("EXTERNAL");
    int active = service.active() ? sign : 0;
    int draining = service.draining() ? sign : 0;
    return new ServiceCounts(
        activeEc2 + (external ? 0 : active),
        activeExternal + (external ? active : 0),
        drainingEc2 + (external ? 0 : draining),
        drainingExternal + (external ? draining : 0));
  }
}
