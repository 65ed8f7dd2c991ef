package dev.roadstead.control;

import dev.roadstead.control.api.AwsService;
import dev.roadstead.control.api.Entry;
import dev.roadstead.control.ecs.EcsService;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.control.ecs.why.WhyService;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.table.Schema;
import dev.roadstead.engine.table.Table;
import dev.roadstead.wire.api.ServiceShape;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The catalogue: one line per AWS service, and what is served beside them. The only class that
/// sees every slice.
public final class Services {
  private final List<AwsService> services;
  private final AwsService own;

  /// Every service of a control plane.
  ///
  /// @param base by the Host of a request, an `http://` or `https://` URL without a path, as its
  ///     sender reaches this control plane
  /// @param history where stopped tasks are once their rows are gone
  public Services(UnaryOperator<String> base, TaskHistory history) {
    services = List.of(new EcsService(base, history));
    own = new WhyService(history);
  }

  /// AWS's services.
  public List<ServiceShape> shapes() {
    return services.stream().map(AwsService::shape).toList();
  }

  /// AWS's services and Roadstead's own.
  public List<ServiceShape> served() {
    return all().map(AwsService::shape).toList();
  }

  private Stream<AwsService> all() {
    return Stream.concat(services.stream(), Stream.of(own));
  }

  public List<Entry> operations() {
    return all().flatMap(service -> service.operations().stream()).toList();
  }

  public Schema schema() {
    Stream<Table<?>> tables = services.stream().flatMap(service -> service.tables().stream());
    return new Schema(tables.toList());
  }

  public List<Controller> controllers() {
    return services.stream().flatMap(service -> service.controllers().stream()).toList();
  }
}
