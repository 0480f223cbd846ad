// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.levels;

import io.lichen.gateway.api.routes.ApiRoutes;
import io.lichen.gateway.api.routes.JsonFields;
import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.lichen.gateway.http.Router;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged, shown and changed while everything runs. */
public final class LevelRoutes implements ApiRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LevelRoutes.class);
  private static final String PATH = "/v1/log/level";
  private static final Set<String> FIELDS = Set.of("logger", "level");
  private static final Set<String> LEVELS =
      Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  /** Loggers whose level is set stay in memory for good: no more than this program's are. */
  private static final String LOGGER = "(io\\.(lichen|netty)[a-zA-Z0-9_.$]{0,200})?";

  private final UnaryOperator<String> current;
  private final BiConsumer<String, String> change;

  /**
   * Over whatever writes the logs.
   *
   * @param current the level of a logger
   * @param change sets the level of a logger
   */
  public LevelRoutes(UnaryOperator<String> current, BiConsumer<String, String> change) {
    this.current = current;
    this.change = change;
  }

  @Override
  public void addTo(Router router) {
    router.get(PATH, request -> shown(logger(request.query("logger"))));
    router.put(PATH, this::set);
  }

  private Response set(Request request) {
    JsonFields fields = JsonFields.ofBody(request, FIELDS);
    String logger = logger(fields.optionalText("logger"));
    String level = fields.text("level").toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(level)) {
      throw new HttpException(
          400,
          "invalid_level",
          "level is '" + level + "', none of " + LEVELS.stream().sorted().toList());
    }
    LOG.warn("Level of {} becomes {}", logger.isEmpty() ? "all loggers" : logger, level);
    change.accept(logger, level);
    return shown(logger);
  }

  private static String logger(@Nullable String name) {
    String logger = name == null ? "" : name;
    if (!logger.matches(LOGGER)) {
      throw new HttpException(
          400, "invalid_logger", "logger is empty, or a name below io.lichen or io.netty");
    }
    return logger;
  }

  private Response shown(String logger) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put("logger", logger);
    shown.put("level", current.apply(logger));
    return Response.json(shown);
  }
}
