// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/** Answers requests. Each call has a virtual thread of its own and may block. */
@FunctionalInterface
public interface Handler {
  /**
   * The answer to {@code request}.
   *
   * @throws HttpException to answer with its status
   * @throws Exception anything else is answered with 500; its text stays in the log
   */
  Response handle(Request request) throws Exception;
}
