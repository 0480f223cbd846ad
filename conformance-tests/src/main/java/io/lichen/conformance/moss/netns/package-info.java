// SPDX-License-Identifier: Apache-2.0
/** Networks that exist only while a test runs. */
@NullMarked
package io.lichen.conformance.moss.netns;

import org.jspecify.annotations.NullMarked;
