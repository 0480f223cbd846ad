// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.json.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final CapabilitySet NODE =
      CapabilitySet.builder()
          .hardware(Hardware.NONE.withMemoryGb(64).withGpu(Gpu.of("nvidia", "H100", 80)))
          .model(new Model("m1", "", 0, 4096, "", List.of("text", "code"), 0, false))
          .model(new Model("m2", "", 0, 8192, "", List.of("image"), 0, false))
          .tool(Tool.of("search", "Search"))
          .tag("prod")
          .tag("software.a=1")
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|true",
        "{\"require_tags\":[\"prod\"]}|true",
        "{\"require_tags\":[\"prod\",\"test\"]}|false",
        "{\"require_tags\":[\"software.a:1\"]}|false",
        "{\"require_models\":[\"x\",\"m2\"]}|true",
        "{\"require_models\":[\"x\"]}|false",
        "{\"require_tools\":[\"search\"]}|true",
        "{\"require_tools\":[\"Search\"]}|false",
        "{\"min_memory_gb\":64}|true",
        "{\"min_memory_gb\":65}|false",
        "{\"require_gpu\":true}|true",
        "{\"gpu_vendor\":\"NVIDIA\",\"min_vram_gb\":80}|true",
        "{\"gpu_vendor\":\"amd\"}|false",
        "{\"min_vram_gb\":81}|false",
        "{\"min_context_length\":8192}|true",
        "{\"min_context_length\":8193}|false",
        "{\"require_modalities\":[\"code\",\"image\",\"smell\"]}|true",
        "{\"require_modalities\":[\"audio\"]}|false",
        "{\"gpu_vendor\":null,\"min_memory_gb\":null,\"zzz\":{}}|true"
      })
  void shouldFindWhatHasAllThatIsAskedFor(String filter, boolean found) {
    assertEquals(found, CapabilityFilter.fromJson(filter).matches(NODE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"require_gpu\":true}", "{\"gpu_vendor\":\"x\"}", "{\"min_vram_gb\":1}"})
  void shouldAskForAGpuOnceSomethingIsAskedOfIt(String filter) {
    assertEquals(false, CapabilityFilter.fromJson(filter).matches(CapabilitySet.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"require_tags\":\"a\"}",
        "{\"min_memory_gb\":-1}",
        "{\"require_gpu\":1}"
      })
  void shouldRefuseWhatIsNoFilter(String json) {
    assertThrows(IllegalArgumentException.class, () -> CapabilityFilter.fromJson(json));
  }

  /** Rows and columns as in docs/wire/net-capabilities.md, "Scopes". */
  @ParameterizedTest
  @CsvSource({
    "'{\"kind\":\"any\"}',true,false,true,true,true",
    "'{\"kind\":\"global_only\"}',true,false,false,false,false",
    "'{\"kind\":\"globalOnly\"}',true,false,false,false,false",
    "'{\"kind\":\"same_subnet\"}',false,false,false,false,false",
    "'{\"kind\":\"tenant\",\"tenant\":\"t\"}',true,false,true,false,true",
    "'{\"kind\":\"tenants\",\"tenants\":[\"x\",\"\"]}',true,false,false,false,false",
    "'{\"kind\":\"region\",\"region\":\"r\"}',true,false,false,true,true",
    "'{\"kind\":\"regions\",\"regions\":[\"x\",\"r\"]}',true,false,false,true,true"
  })
  void shouldLookIntoScopes(
      String json, boolean global, boolean subnet, boolean tenant, boolean region, boolean both) {
    ScopeFilter filter = ScopeFilter.fromJson(json);

    assertEquals(global, admits(filter));
    assertEquals(global, admits(filter, "scope:tenant:", "scope:global"));
    assertEquals(subnet, admits(filter, "scope:subnet-local", "scope:tenant:t", "scope:region:r"));
    assertEquals(tenant, admits(filter, "scope:tenant:t"));
    assertEquals(region, admits(filter, "scope:region:r"));
    assertEquals(both, admits(filter, "scope:tenant:t", "scope:region:r"));
  }

  @Test
  void shouldCountThisNodeAloneToItsSubnet() {
    CapabilityScope scope = CapabilityScope.of(List.of("scope:subnet-local"));

    assertEquals(true, ScopeFilter.SAME_SUBNET.admits(scope, true));
    assertEquals(false, ScopeFilter.SAME_SUBNET.admits(scope, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"kind\":\"everything\"}",
        "{\"kind\":\"tenant\"}",
        "{\"kind\":\"tenants\",\"tenants\":[\"\"]}",
        "{\"kind\":\"region\",\"region\":\"\"}",
        "{\"kind\":1}"
      })
  void shouldRefuseWhatIsNoScope(String json) {
    assertThrows(IllegalArgumentException.class, () -> ScopeFilter.fromJson(json));
  }

  @Test
  void shouldRefuseWhateverElseInOneWay() {
    Fuzz.runText(
        IllegalArgumentException.class,
        json -> CapabilityFilter.fromJson(json).matches(NODE),
        """
        {"require_tags":["prod"],"require_models":["m2"],"require_tools":["search"],
         "min_memory_gb":64,"require_gpu":true,"gpu_vendor":"nvidia","min_vram_gb":80,
         "min_context_length":8192,"require_modalities":["code","image"],"zzz":{"a":[1.5e3]}}\
        """);
  }

  @Test
  void shouldRefuseWhateverElseIsNoScopeInOneWay() {
    CapabilityScope scope = CapabilityScope.of(List.of("scope:tenant:x"));
    Fuzz.runText(
        IllegalArgumentException.class,
        json -> ScopeFilter.fromJson(json).admits(scope, false),
        "{\"kind\":\"any\"}",
        "{\"kind\":\"tenants\",\"tenants\":[\"x\",\"y\"]}",
        "{\"kind\":\"region\",\"region\":\"eu\"}");
  }

  private static boolean admits(ScopeFilter filter, String... tags) {
    return filter.admits(CapabilityScope.of(List.of(tags)), false);
  }
}
