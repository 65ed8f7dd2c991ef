package dev.roadstead.link.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.roadstead.base.Bug;
import dev.roadstead.link.LinkMessage;
import dev.roadstead.link.acs.AcsAgentMessage;
import dev.roadstead.link.acs.AcsServerMessage;
import dev.roadstead.link.tcs.TcsAgentMessage;
import dev.roadstead.link.tcs.TcsServerMessage;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// Messages of one direction of one channel to text and back.
public final class LinkCodec<M extends LinkMessage> {
  /// Control plane to agent, work.
  public static final LinkCodec<AcsServerMessage> ACS_SERVER =
      new LinkCodec<>(AcsServerMessage.class, AcsServerMessage.Unknown::new);

  /// Agent to control plane, acknowledgements.
  public static final LinkCodec<AcsAgentMessage> ACS_AGENT =
      new LinkCodec<>(AcsAgentMessage.class, AcsAgentMessage.Unknown::new);

  /// Control plane to agent, acknowledgements of telemetry.
  public static final LinkCodec<TcsServerMessage> TCS_SERVER =
      new LinkCodec<>(TcsServerMessage.class, TcsServerMessage.Unknown::new);

  /// Agent to control plane, telemetry. Reading accepts the mini HTTP header block in front.
  public static final LinkCodec<TcsAgentMessage> TCS_AGENT =
      new LinkCodec<>(TcsAgentMessage.class, TcsAgentMessage.Unknown::new);

  private final Map<String, Class<? extends M>> types = new TreeMap<>();
  private final Function<String, M> unknown;

  private record Envelope(String type, LinkMessage message) {}

  private LinkCodec(Class<M> sealed, Function<String, M> unknown) {
    this.unknown = unknown;
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      if (!permitted.getSimpleName().equals("Unknown")) {
        types.put(permitted.getSimpleName(), permitted.asSubclass(sealed));
      }
    }
  }

  /// The envelope as JSON text.
  public String encode(M message) {
    if (types.get(message.getClass().getSimpleName()) != message.getClass()) {
      throw new Bug("not a message to send: " + message.getClass().getSimpleName());
    }
    return Json.text(new Envelope(message.getClass().getSimpleName(), message));
  }

  /// The message in an envelope. Throws {@link MalformedMessage}.
  public M decode(String text) {
    String json = TcsFrame.parse(text).json();
    try {
      JsonNode envelope = Json.MAPPER.readTree(json);
      JsonNode type = envelope.path("type");
      if (!type.isTextual()) {
        throw new MalformedMessage("an envelope needs a type");
      }
      Class<? extends M> known = types.get(type.textValue());
      if (known == null) {
        return unknown.apply(type.textValue());
      }
      JsonNode message = envelope.path("message");
      return Json.MAPPER.treeToValue(
          message.isObject() ? message : Json.MAPPER.createObjectNode(), known);
    } catch (JsonProcessingException e) {
      throw Json.malformed(e);
    }
  }
}
