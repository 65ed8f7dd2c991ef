package dev.roadstead.wire.http;

import dev.roadstead.base.Bug;
import dev.roadstead.wire.api.AwsError;
import dev.roadstead.wire.http.Answers.Answer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: takes requests in, one at a time, and answers each before the next. Everything
/// but {@link #answer}, {@link #execute} and the sweep's questions runs on the connection's thread.
final class Conversation extends ChannelInboundHandlerAdapter implements Connections.Open {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

  /// Requests that are served in a row while others wait for the thread: some milliseconds of work.
  /// Only a client that does not wait for its answers gets there.
  private static final int IN_A_ROW_MAX = 16;

  /// How long the rest of a refused request is read on.
  private static final Duration DRAIN_TIME = Duration.ofSeconds(2);

  private enum Phase {
    NEW,
    HEADERS,
    BODY,
    REFUSED,
    SERVING,
    IDLE,
    ENDING
  }

  private final Channel channel;
  private final Limits limits;
  private final Bodies bodies;
  private final Router router;
  private final String peer;

  /// What came while a request was being served.
  private final Queue<HttpObject> waiting = new ArrayDeque<>(2);

  private volatile Phase phase = Phase.NEW;
  private volatile long since = System.nanoTime();
  private @Nullable HttpRequest head;
  private @Nullable Address target;
  private Bodies.@Nullable Body body;
  private @Nullable ScheduledFuture<?> timer; // for the body, or for what is read on
  private @Nullable AwsError refusal;
  private long drained;
  private long served;
  private int inARow;
  private boolean came; // bytes since the last pause of the peer
  private boolean heard; // messages since the last pause of the peer
  private boolean silent; // the peer sends no more

  Conversation(Channel channel, Limits limits, Bodies bodies, Router router, String peer) {
    this.channel = channel;
    this.limits = limits;
    this.bodies = bodies;
    this.router = router;
    this.peer = peer;
  }

  String peer() {
    return peer;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    if (phase == Phase.SERVING || !waiting.isEmpty() || inARow >= IN_A_ROW_MAX) {
      if (waiting.isEmpty()) {
        channel.config().setAutoRead(false);
        if (phase != Phase.SERVING) {
          execute(this::resume);
        }
      }
      waiting.add((HttpObject) message);
    } else {
      take((HttpObject) message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    inARow = 0;
    limitBody();
    if (phase == Phase.IDLE && came && !heard) {
      became(Phase.HEADERS); // some of them
    }
    heard = false;
    came = false;
  }

  /// Bytes came, which may or may not make a message. A read may also end without any.
  void bytesCame() {
    came = true;
  }

  private void limitBody() {
    if (phase == Phase.BODY && timer == null) {
      timer = after(limits.bodyTime(), () -> last(error(Bodies.timeout())));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    phase = Phase.ENDING;
    forget();
  }

  /// A peer that has said all it will may still read its answer.
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      silent = true;
      if (phase != Phase.SERVING) {
        end();
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("connection of {} broke", peer, cause);
    var _ = channel.close();
  }

  private void take(HttpObject part) {
    try {
      if (phase == Phase.ENDING) {
        return;
      }
      if (part.decoderResult().isFailure()) {
        last(BadRequests.answer(part.decoderResult().cause()));
        return;
      }
      if (part instanceof HttpRequest request) {
        begin(request);
      }
      if (part instanceof HttpContent content) {
        part(content);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private void begin(HttpRequest request) {
    head = request;
    body = bodies.begin();
    became(Phase.BODY);
    AwsError tooLarge = bodies.refusal(HttpUtil.getContentLength(request, 0L));
    boolean expects = HttpUtil.is100ContinueExpected(request);
    target = BadRequests.isBad(request) ? null : Address.of(request.uri());
    if (target == null) {
      last(BadRequests.answer());
    } else if (tooLarge != null && expects) {
      last(error(tooLarge));
    } else if (tooLarge != null) {
      refuse(tooLarge);
    } else if (expects) {
      var _ =
          channel.writeAndFlush(
              new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
    }
  }

  private void part(HttpContent content) {
    boolean end = content instanceof LastHttpContent;
    Bodies.Body into = body;
    if (phase == Phase.BODY && into != null) {
      AwsError why = into.take(content.content());
      if (why != null) {
        refuse(why);
      } else if (end) {
        serve(into);
      }
    }
    if (phase == Phase.REFUSED && refusal != null) {
      drained += content.content().readableBytes();
      if (end || drained > Bodies.DRAIN_BYTES) {
        last(error(refusal));
      }
    }
  }

  /// Reads on for a while, so that the peer sees why.
  private void refuse(AwsError why) {
    forget();
    refusal = why;
    became(Phase.REFUSED);
    timer = after(DRAIN_TIME, () -> last(error(why)));
  }

  private void serve(Bodies.Body whole) {
    HttpRequest request = head;
    Address address = target;
    if (request == null || address == null) {
      throw new Bug("a body without its head");
    }
    stopTimer();
    became(Phase.SERVING);
    served++;
    inARow++;
    Exchange exchange = new Exchange(request, address, whole, this, served);
    try {
      router.serve(exchange);
    } catch (RuntimeException e) {
      LOG.error("a request could not be served", e);
      exchange.answer(error(AwsError.server("Internal error.")));
    }
  }

  /// Answers the request of this number, once.
  void answer(long number, Answer answer) {
    if (channel.eventLoop().inEventLoop()) {
      write(number, answer);
    } else {
      execute(() -> write(number, answer));
    }
  }

  /// Runs work on the connection's thread.
  void execute(Runnable work) {
    try {
      channel.eventLoop().execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("the listener is closed already", e);
    }
  }

  private void write(long number, Answer answer) {
    HttpRequest request = head;
    if (number != served || phase != Phase.SERVING || request == null) {
      return;
    }
    forget();
    boolean last = answer.last() || (silent && waiting.isEmpty()) || !HttpUtil.isKeepAlive(request);
    ChannelFuture written =
        channel.writeAndFlush(
            Answers.response(
                last ? answer.asLast() : answer, HttpMethod.HEAD.equals(request.method())));
    if (last) {
      became(Phase.ENDING);
      written.addListener(ChannelFutureListener.CLOSE);
    } else if (written.isDone()) {
      next();
    } else {
      written.addListener(_ -> next());
    }
  }

  private void next() {
    became(Phase.IDLE);
    if (!waiting.isEmpty()) {
      execute(this::resume);
    } else if (!channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
  }

  /// Goes on with what came meanwhile, up to the next request that is served.
  private void resume() {
    long before = served;
    while (served == before && phase != Phase.SERVING && !waiting.isEmpty()) {
      take(waiting.remove());
    }
    limitBody();
    if (waiting.isEmpty() && phase != Phase.SERVING) {
      channel.config().setAutoRead(true);
    }
  }

  /// Answers, and ends the connection when the peer has seen it: closing on unread bytes would
  /// reset it.
  private void last(Answer answer) {
    forget();
    became(Phase.ENDING);
    channel
        .writeAndFlush(Answers.response(answer.asLast(), false))
        .addListener(
            (ChannelFutureListener)
                written -> {
                  if (written.isSuccess() && channel instanceof DuplexChannel duplex) {
                    var _ = duplex.shutdownOutput();
                    channel.config().setAutoRead(true);
                    timer = after(DRAIN_TIME, this::end);
                  } else {
                    var _ = channel.close();
                  }
                });
  }

  /// Makes this connection a websocket: no more requests are taken.
  void become(Runnable websocket) {
    execute(
        () -> {
          forget();
          phase = Phase.ENDING;
          websocket.run();
        });
  }

  Channel channel() {
    return channel;
  }

  /// Whether the peer sends no more.
  boolean silent() {
    return silent;
  }

  private static Answer error(AwsError error) {
    return Answers.error(Answers.requestId(), error);
  }

  private void became(Phase next) {
    since = System.nanoTime();
    phase = next;
  }

  private ScheduledFuture<?> after(Duration time, Runnable then) {
    stopTimer();
    return channel.eventLoop().schedule(then, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void forget() {
    stopTimer();
    if (body != null) {
      body.release();
      body = null;
    }
    if (phase == Phase.ENDING) {
      waiting.forEach(ReferenceCountUtil::release);
      waiting.clear();
    }
  }

  @Override
  public @Nullable String overdue(long now) {
    long lasting = now - since;
    return switch (phase) {
      case NEW -> lasting > limits.headerTime().toNanos() ? "no request came" : null;
      case HEADERS -> lasting > limits.headerTime().toNanos() ? "headers are too slow" : null;
      case SERVING -> lasting > limits.requestTime().toNanos() ? "request takes too long" : null;
      case IDLE -> lasting > limits.idleTime().toNanos() ? "it is idle" : null;
      case BODY, REFUSED, ENDING -> null; // they have timers
    };
  }

  @Override
  public void end() {
    var _ = channel.close();
  }
}
