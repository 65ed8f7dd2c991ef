package dev.roadstead.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roadstead.wire.sigv4.Keys;
import dev.roadstead.wire.sigv4.Policy;
import dev.roadstead.wire.sigv4.Verifier;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/// A connection's times, without one.
class ConversationTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final Limits LIMITS = Limits.standard();

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Conversation conversation;

  ConversationTest() {
    Routes routes =
        new Routes(
            List.of(),
            (_, _, request, _) -> CompletableFuture.completedStage(request),
            new Verifier(Policy.VERIFIED, Keys.NONE, InstantSource.system()),
            () -> true,
            Map.of());
    Connections connections = new Connections(LIMITS);
    Router router =
        new Router(
            routes,
            new AwsJson(routes, new Semaphore(1)),
            new Upgrades(routes, LIMITS, connections),
            new LoopbackGuard(Policy.VERIFIED, "127.0.0.1"));
    conversation = new Conversation(channel, LIMITS, new Bodies(LIMITS), router, "127.0.0.1");
    channel
        .pipeline()
        .addLast(
            new Listener.Decoder(LIMITS, conversation), new HttpResponseEncoder(), conversation);
  }

  private void say(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
  }

  private String afterHeaderTime() {
    long now = System.nanoTime() + LIMITS.headerTime().plusSeconds(1).toNanos();
    return String.valueOf(conversation.overdue(now));
  }

  @Test
  void aReadThatEndsWithoutBytesIsNotTheBeginningOfARequest() {
    say(GET);
    assertThat(channel.outboundMessages()).isNotEmpty();
    channel.pipeline().fireChannelReadComplete();
    assertThat(afterHeaderTime()).isEqualTo("null");
  }

  @Test
  void aPartOfARequestIs() {
    say(GET);
    say("GET / HT");
    assertThat(afterHeaderTime()).isEqualTo("headers are too slow");
    say("TP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(afterHeaderTime()).isEqualTo("null");
  }

  @Test
  void aConnectionThatSaysNothingIsLate() {
    assertThat(afterHeaderTime()).isEqualTo("no request came");
  }
}
