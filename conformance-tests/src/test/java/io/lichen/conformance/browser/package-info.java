// SPDX-License-Identifier: Apache-2.0
/** The dashboard in a real browser. Needs Chromium and its driver; skipped, loudly, without. */
@NullMarked
package io.lichen.conformance.browser;

import org.jspecify.annotations.NullMarked;
