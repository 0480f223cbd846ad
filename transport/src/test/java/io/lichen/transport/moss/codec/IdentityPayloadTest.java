// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.Suite;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityPayloadTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final Identity IDENTITY =
      Identity.ofPrivateKeys(
          HEX.parseHex("67210fa776a84c55e046fe4e41685442b9aca3d619a5645edf2db02629dc4575"),
          HEX.parseHex("eedaa32c3ab44b981ab0cbf65ac544ffe5be97cc96b4734ef329b8dd7e5593f3"));
  private static final String PUB = "CojPyYb2xqyPFBfgYE+k3w9h4YJ/Eg2VFE2zcwzWmUk=";
  private static final String SIG =
      "Z3dqeRfOnInXcjRJrfDpuUideuZWV/wPfEdnPKqEoqt1lMAKmi8CeOsGwueepZ0lwDqltJ90ziWqy1eBDxC+Bw==";

  private static IdentityPayload decode(String json) {
    return IdentityPayload.decode(json.getBytes(UTF_8));
  }

  private static String json(String pub, String sig) {
    return "{\"identity_pub\":" + pub + ",\"signature\":" + sig + "}";
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  @Test
  void shouldWriteRecordedPayload() {
    byte[] signed = IdentityPayload.signedOctets("moss/1", IDENTITY.noisePublic());
    byte[] json =
        new IdentityPayload(IDENTITY.ed25519PublicKey(), IDENTITY.sign(signed), new byte[0])
            .encode();

    assertEquals(
        "6d6f73732d6964656e746974797c6d6f73732f317cb092e7f4780c61ffe0da9a071fdebe7999b11a04a13d43afb494803ac7934973",
        HEX.formatHex(signed));
    assertEquals(json(quoted(PUB), quoted(SIG)), new String(json, UTF_8));
    assertEquals(166, json.length);
  }

  @Test
  void shouldCarryChallenge() {
    IdentityPayload payload = new IdentityPayload(new byte[32], new byte[64], new byte[32]);

    assertEquals(225, payload.encode().length);
    assertArrayEquals(new byte[32], IdentityPayload.decode(payload.encode()).challenge());
  }

  @Test
  void shouldHoldForItsMeshAndStaticKeyOnly() {
    IdentityPayload payload = decode(json(quoted(PUB), quoted(SIG)));

    assertTrue(payload.isValidFor("moss/1", IDENTITY.noisePublic()));
    assertFalse(payload.isValidFor("moss/2", IDENTITY.noisePublic()));
    assertFalse(payload.isValidFor("moss/1", new byte[32]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " { \"x\" : [ 1 , {\"y\":null} , -1.5e3 , true, \"\\u00e9\\n\" ] , #P , #S } ",
        "{\"IDENTITY_PUB\":\"@P\",\"Signature\":\"@S\"}",
        "{\"identity_pub\":\"AA==\",#P,\"signature\":\"\",#S}",
        "{\"identity_p\\u0075b\":\"@P\",#S}",
        "{#P,#S,\"challenge\":null}",
        "{#P,#S,\"challenge\":[1, 2 ,255,null]}",
        "{\"signature\":\"\\n\\r@S\",#P}"
      })
  void shouldAcceptWhatTheReferenceAccepts(String template) {
    String json =
        template
            .replace("#P", "\"identity_pub\":\"@P\"")
            .replace("#S", "\"signature\":\"@S\"")
            .replace("@P", PUB)
            .replace("@S", SIG);

    assertTrue(decode(json).isValidFor("moss/1", IDENTITY.noisePublic()), json);
  }

  @Test
  void shouldReadNullAsNothing() {
    assertEquals(0, decode("null").identityPublic().length);
    assertEquals(0, decode("{}").signature().length);
    assertFalse(decode("{}").isValidFor("moss/1", IDENTITY.noisePublic()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "\"x\"",
        "1",
        "true",
        "{} {}",
        "{}x",
        "{,}",
        "{\"a\":1,}",
        "{'a':1}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":tru}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"",
        "{\"a\":[1,]}",
        "{\"a\":[1 2]}",
        "{\"identity_pub\":1}",
        "{\"identity_pub\":true}",
        "{\"identity_pub\":{}}",
        "{\"identity_pub\":[256]}",
        "{\"identity_pub\":[-1]}",
        "{\"identity_pub\":[1.0]}",
        "{\"identity_pub\":\"AAA\"}",
        "{\"identity_pub\":\"A-_=\"}",
        "{\"identity_pub\":\"AA= =\"}",
        "{\"identity_pub\":\"AA==AAAA\"}",
        "\ufeff{}",
        "{}//",
        "NULL",
        "nul"
      })
  void shouldRefuseWhatTheReferenceRefuses(String json) {
    assertThrows(MalformedPayloadException.class, () -> decode(json), json);
  }

  @Test
  void shouldBoundNesting() {
    String deep = "{\"a\":" + "[".repeat(100_000);

    assertThrows(MalformedPayloadException.class, () -> decode(deep));
  }

  @Test
  void shouldAnswerRandomAndMutatedTextWithDecisionOnly() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[] good = json(quoted(PUB), quoted(SIG)).getBytes(UTF_8);
    int decoded = 0;
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 256);
      try {
        IdentityPayload payload = IdentityPayload.decode(input);
        decoded++;
        assertTrue(
            payload.identityPublic().length <= input.length
                && Base64.getEncoder().encodeToString(payload.signature()).length()
                    <= 4 * input.length,
            "seed " + seed + " input " + i);
      } catch (MalformedPayloadException e) {
        // One of the two decisions.
      }
    }
    assertTrue(decoded < Suite.inputs());
  }
}
