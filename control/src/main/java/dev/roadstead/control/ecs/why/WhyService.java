package dev.roadstead.control.ecs.why;

import dev.roadstead.control.api.AwsService;
import dev.roadstead.control.api.Entry;
import dev.roadstead.control.ecs.task.TaskHistory;
import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.table.Table;
import dev.roadstead.wire.api.Protocol;
import dev.roadstead.wire.api.ServiceShape;
import java.util.List;

/// What AWS has no operation for: `X-Amz-Target: Roadstead.Why`, signed like an ECS operation.
public final class WhyService implements AwsService {
  private final Entry why;

  public WhyService(TaskHistory history) {
    this.why = Entry.of("Why", WhyRequest::new, new Why(history));
  }

  @Override
  public ServiceShape shape() {
    return new ServiceShape("ecs", Protocol.JSON_1_1, "Roadstead", List.of(why.shape()), List.of());
  }

  @Override
  public List<Entry> operations() {
    return List.of(why);
  }

  @Override
  public List<Table<?>> tables() {
    return List.of();
  }

  @Override
  public List<Controller> controllers() {
    return List.of();
  }
}
