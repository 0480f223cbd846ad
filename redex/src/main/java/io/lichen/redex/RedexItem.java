// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

/** What follows a log is given: its records, and gaps where records were evicted unread. */
public sealed interface RedexItem permits RedexRecord, RedexGap {}
