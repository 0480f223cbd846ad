// SPDX-License-Identifier: Apache-2.0
/** What a log needs of a file system. */
@NullMarked
package io.lichen.redex.disk;

import org.jspecify.annotations.NullMarked;
