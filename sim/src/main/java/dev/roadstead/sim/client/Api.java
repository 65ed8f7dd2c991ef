package dev.roadstead.sim.client;

import dev.roadstead.link.codec.Json;
import dev.roadstead.sim.net.Calls;
import dev.roadstead.sim.net.Door;
import dev.roadstead.sim.time.Trace;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// AWS calls as JSON, with what of their answers matters here.
public final class Api {
  private final Calls calls;
  private final Trace trace;

  /// The members that are looked at, of any answer.
  public record Answer(@Nullable List<Named> tasks, @Nullable Named task) {
    /// Something with an ARN.
    public record Named(@Nullable String taskArn) {}

    /// The ARNs of the tasks in it.
    List<String> arns() {
      return tasks == null
          ? List.of()
          : tasks.stream().map(Named::taskArn).filter(arn -> arn != null).toList();
    }
  }

  public Api(Calls calls, Trace trace) {
    this.calls = calls;
    this.trace = trace;
  }

  /// Makes a call.
  ///
  /// @param request JSON with single quotes
  /// @param done given the answer when it was granted
  public void call(String operation, String request, Consumer<Answer> done) {
    trace.note("client " + operation + " " + request);
    String json = request.replace('\'', '"');
    calls.call(
        new Door.Request(operation, json),
        () -> true,
        answer -> {
          trace.note("client hears of " + operation + ": " + (answer.ok() ? "done" : told(answer)));
          if (answer.ok()) {
            done.accept(Json.read(answer.bytes(), Answer.class));
          }
        });
  }

  private static String told(Door.Answer answer) {
    return answer.code() + " " + answer.body();
  }

  public void call(String operation, String request) {
    call(operation, request, _ -> {});
  }
}
