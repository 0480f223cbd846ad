// SPDX-License-Identifier: Apache-2.0
/** The bytes of a log's files (docs/wire/redex-files.md). */
@NullMarked
package io.lichen.redex.format;

import org.jspecify.annotations.NullMarked;
