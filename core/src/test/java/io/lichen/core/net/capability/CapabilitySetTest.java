// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.net.wire.CapabilityTags;
import io.lichen.core.net.wire.PingwaveProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapabilitySetTest {
  /** What a native made of {@link #FULL}. */
  private static final List<String> NATIVE_TAGS =
      List.of(
          "gpu",
          "hardware.cpu_cores=16",
          "hardware.cpu_threads=32",
          "hardware.gpu",
          "hardware.gpu.compute_units=132",
          "hardware.gpu.fp16_tflops_x10=19790",
          "hardware.gpu.model=H100",
          "hardware.gpu.tensor_cores=528",
          "hardware.gpu.vendor=nvidia",
          "hardware.gpu.vram_gb=80",
          "hardware.limits.max_batch_size=4",
          "hardware.limits.max_concurrent_requests=8",
          "hardware.memory_gb=128",
          "hardware.network_gbps=25",
          "hardware.storage_gb=2000",
          "prod",
          "scope:region:eu",
          "scope:tenant:oem-123",
          "software.cuda_version=12.4",
          "software.framework.torch=2.4",
          "software.model.0.context_length=131072",
          "software.model.0.family=llama",
          "software.model.0.id=llama-3.1-70b",
          "software.model.0.loaded=true",
          "software.model.0.modalities=text,code",
          "software.model.0.parameters_b_x10=706",
          "software.model.0.quantization=fp8",
          "software.model.0.tokens_per_sec=900",
          "software.os=linux",
          "software.os_version=6.8",
          "software.runtime.python=3.12",
          "software.tool.0.estimated_time_ms=50",
          "software.tool.0.name=Search",
          "software.tool.0.requires=net",
          "software.tool.0.stateless=true",
          "software.tool.0.tool_id=search",
          "software.tool.0.version=1.0.0");

  private static final CapabilitySet FULL =
      CapabilitySet.builder()
          .hardware(
              Hardware.NONE
                  .withCpu(16, 32)
                  .withMemoryGb(128)
                  .withStorageGb(2000)
                  .withNetworkGbps(25)
                  .withGpu(new Gpu("NVIDIA", "H100", 80, 132, 528, 19790))
                  .withLimits(new Limits(8, 0, 0, 4, 0, 0)))
          .software(
              new Software(
                  "linux",
                  "6.8",
                  "12.4",
                  Map.of("python", "3.12"),
                  Map.of("torch", "2.4"),
                  Map.of("", "1", "a.b", "1", "a=b", "1", "a:b", "1")))
          .model(
              new Model(
                  "llama-3.1-70b", "llama", 706, 131072, "fp8", List.of("text", "code"), 900, true))
          .tool(new Tool("search", "Search", "1.0.0", "{}", null, List.of("net"), 50, true))
          .tag("gpu")
          .tag("prod")
          .tenant("oem-123")
          .region("eu")
          .metadata("z", "1")
          .metadata("a", "2")
          .build();

  private static final String FULL_JSON =
      """
      {"hardware":{"cpu_cores":16,"cpu_threads":32,"memory_gb":128,"storage_gb":2000,
        "network_gbps":25,"accelerators":[{"kind":"npu"}],"additional_gpus":[],
        "gpu":{"vendor":"Nvidia","model":"H100","vram_gb":80,"compute_units":132,
          "tensor_cores":528,"fp16_tflops_x10":19790}},
       "software":{"os":"linux","os_version":"6.8","cuda_version":"12.4",
         "runtimes":[["python","3.12"]],"frameworks":[["torch","2.4"]],"drivers":[]},
       "models":[{"model_id":"llama-3.1-70b","family":"llama","parameters_b_x10":706,
         "context_length":131072,"quantization":"fp8","modalities":["code","smell"],
         "tokens_per_sec":900,"loaded":true}],
       "tools":[{"tool_id":"search","name":"Search","requires":["net"],"input_schema":"{}",
         "estimated_time_ms":50}],
       "tags":["gpu","prod","scope:tenant:oem-123","scope:region:eu","scope:tenant:",
         "heat:ab=0.5","causal:ab"],
       "limits":{"max_concurrent_requests":8,"max_batch_size":4,"x":1}}
      """;

  @Test
  void shouldSayInTagsWhatTheNativeSays() {
    assertEquals(NATIVE_TAGS, FULL.tags().tags());
    assertEquals(NATIVE_TAGS, FULL.tagTexts());
    assertEquals(
        Map.of("a", "2", "z", "1", "tool::search::input_schema", "{}"), FULL.tags().metadata());
  }

  @Test
  void shouldReadTheJsonOfTheSeed() {
    CapabilitySet read = CapabilitySet.fromJson(FULL_JSON);

    assertEquals(NATIVE_TAGS, read.tags().tags());
    assertEquals(Map.of("tool::search::input_schema", "{}"), read.tags().metadata());
  }

  @Test
  void shouldReadBackWhatItWrote() {
    CapabilitySet read = CapabilitySet.of(CapabilityTags.of(NATIVE_TAGS, FULL.tags().metadata()));

    assertEquals(FULL, read);
    assertEquals(new Gpu("nvidia", "H100", 80, 132, 528, 19790), read.hardware().gpu());
    assertEquals(new Limits(8, 0, 0, 4, 0, 0), read.hardware().limits());
    assertEquals(16, read.hardware().cpuCores());
    assertEquals(Map.of("python", "3.12"), read.software().runtimes());
    assertEquals("llama-3.1-70b", read.models().getFirst().id());
    assertEquals(List.of("text", "code"), read.models().getFirst().modalities());
    assertEquals(
        new Tool("search", "Search", "1.0.0", "{}", null, List.of("net"), 50, true),
        read.tools().getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"hardware\":{\"cpu_cores\":70000}}|hardware.cpu_cores=65535",
        "{\"hardware\":{\"cpu_cores\":2}}|hardware.cpu_threads=2",
        "{\"tags\":[\"scope:subnet-local\"]}|scope:subnet-local",
        "{\"tags\":[\"hardware.x\"]}|hardware.x",
        "{\"models\":[{\"model_id\":\"m\"}],\"zzz\":[1,{}]}|software.model.0.modalities=text",
      })
  void shouldReadParts(String json, String tag) {
    assertTrue(CapabilitySet.fromJson(json).hasTag(tag));
  }

  @Test
  void shouldIgnoreThreadsWithoutCores() {
    assertEquals(CapabilitySet.EMPTY, CapabilitySet.fromJson("{\"hardware\":{\"cpu_threads\":4}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"tags\":[\"\"]}",
        "{\"tags\":[1]}",
        "{\"hardware\":[]}",
        "{\"hardware\":{\"memory_gb\":-1}}",
        "{\"software\":{\"runtimes\":[[\"a\"]]}}",
        "{} {}"
      })
  void shouldRefuseWhatIsNoCapabilities(String json) {
    assertThrows(IllegalArgumentException.class, () -> CapabilitySet.fromJson(json));
  }

  @Test
  void shouldRefuseWhateverElseInOneWay() {
    Fuzz.runText(IllegalArgumentException.class, CapabilitySet::fromJson, FULL_JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "causal:a", "dataforts:x", "fork-of:a", "heat:a=1", "scope:global"})
  void shouldRefuseTagsThatNodesMakeThemselves(String tag) {
    assertThrows(IllegalArgumentException.class, () -> CapabilitySet.builder().tag(tag));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "hardware.gpu,hardware,gpu,-",
        "hardware.gpu.vram_gb=80,hardware,gpu.vram_gb,80",
        "software.a:b=c,software,a,b=c",
        "software.a=b:c,software,a,b:c",
        "hardware.,hardware,'',-",
        "hardware.=x,hardware,'',x",
        "dataforts.blob.storage,dataforts,blob.storage,-"
      })
  void shouldTakeAxisTagsApart(String text, String axis, String key, String value) {
    assertEquals(new AxisTag(axis, key, value), AxisTag.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hardware", "gpu", "scope:tenant:x", "Hardware.gpu", "unknown.axis=1"})
  void shouldLeaveOtherTagsWhole(String text) {
    assertNull(AxisTag.parse(text));
  }

  @Test
  void shouldReadWhatMakesNoSenseAsNotSaid() {
    CapabilitySet read =
        CapabilitySet.of(
            CapabilityTags.of(
                List.of(
                    "hardware.memory_gb=abc",
                    "hardware.gpu.model=x",
                    "software.model.x.id=a",
                    "software.model.4294967296.id=b",
                    "software.model.3.modalities=smell,code",
                    "software.tool.0.name=t"),
                Map.of()));

    assertEquals(0, read.hardware().memoryGb());
    assertEquals(Gpu.of("", "x", 0), read.hardware().gpu());
    assertEquals(List.of("text", "code"), read.models().getFirst().modalities());
    assertEquals(1, read.models().size());
    assertEquals(Tool.of("", "t"), read.tools().getFirst());
  }

  @Test
  void shouldStripWhatStrangersMustNotSay() {
    List<String> tags =
        new ArrayList<>(
            List.of("heat:ab=0.50", "heat:cd=0.50", "heat:ef=1.00", "causal:ab", "causal:efa"));
    IntStream.range(0, 300).forEach(i -> tags.add("heat:blob:" + (1000 + i) + "=0.10"));
    Map<String, String> metadata = Map.of("intent", "x", "owner", "y", "k", "v");

    CapabilityTags kept = ForeignTags.stripped(CapabilityTags.of(tags, metadata));

    assertEquals(Map.of("k", "v"), kept.metadata());
    assertTrue(kept.tags().contains("heat:ab=0.50"));
    assertFalse(kept.tags().contains("heat:cd=0.50"));
    assertFalse(kept.tags().contains("heat:ef=1.00"));
    assertEquals(256, kept.tags().stream().filter(tag -> tag.startsWith("heat:blob:")).count());
  }

  @Test
  void shouldSumItselfUpForPingwaves() {
    assertEquals(PingwaveProfile.of(true, 1, 128), PingwaveSummary.of(FULL, 3).profile());
    assertEquals(3, PingwaveSummary.of(FULL, 3).capabilityVersion());
  }
}
