package dev.roadstead.control.api;

import dev.roadstead.engine.loop.Controller;
import dev.roadstead.engine.table.Table;
import dev.roadstead.wire.api.ServiceShape;
import java.util.List;

/// An AWS service: its wire shape, operations, tables and controllers.
public interface AwsService {
  ServiceShape shape();

  List<Entry> operations();

  List<Table<?>> tables();

  List<Controller> controllers();
}
