// SPDX-License-Identifier: Apache-2.0
/** What the tests of the packages below share. */
@NullMarked
package io.lichen.transport.moss;

import org.jspecify.annotations.NullMarked;
