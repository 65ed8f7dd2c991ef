package dev.roadstead.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WireFormsTest {
  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void readsTheHeadOfAResponseOnceItIsWhole() {
    String head = "HTTP/1.1 400 Bad Request\r\nA: b\r\nContent-Length: 12\r\n\r\n";
    assertThat(Reply.parse(ascii(head.substring(0, head.length() - 1)))).isNull();
    assertThat(Reply.parse(ascii(head + "rest"))).isEqualTo(new Reply(400, head.length(), 12));
    assertThat(Reply.parse(ascii("HTTP/1.1 101 Switching\r\n\r\n")))
        .isEqualTo(new Reply(101, 26, 0));
  }

  @Test
  void readsOfAPayloadWhatAFakeAgentNeeds() throws Exception {
    byte[] text =
        """
        {"type":"PayloadMessage","message":{"x":[{"tasks":1}],"messageId":"m","clusterArn":"c",
        "containerInstanceArn":"i","tasks":[{"arn":"t1","volumes":[{"name":"v"}],
        "desiredStatus":"RUNNING","containers":[{"name":"a","mountPoints":[{"name":"no"}]},
        {"image":"x","name":"b"}]},{"arn":"t2","desiredStatus":"STOPPED"}]}}"""
            .getBytes(StandardCharsets.UTF_8);
    Order order = Order.read(text, 0, text.length);
    assertThat(order.type).isEqualTo("PayloadMessage");
    assertThat(order.messageId + order.cluster + order.instance).isEqualTo("mci");
    assertThat(order.tasks).extracting(work -> work.arn).containsExactly("t1", "t2");
    assertThat(order.tasks)
        .extracting(work -> work.desiredStatus)
        .containsExactly("RUNNING", "STOPPED");
    assertThat(order.tasks.getFirst().containers).containsExactly("a", "b");
  }

  @Test
  void takesQuantilesFromTheSamples() {
    double[] samples = new double[100];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = 100 - i;
    }
    assertThat(Figure.quantile(samples, 0.5)).isEqualTo(51);
    assertThat(Figure.quantile(samples, 0.99)).isEqualTo(100);
    assertThat(Figure.quantile(new double[0], 0.5)).isZero();
  }
}
