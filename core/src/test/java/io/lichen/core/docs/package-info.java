// SPDX-License-Identifier: Apache-2.0
/** What tests read of the pages for users. */
@NullMarked
package io.lichen.core.docs;

import org.jspecify.annotations.NullMarked;
