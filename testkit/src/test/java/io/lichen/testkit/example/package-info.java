// SPDX-License-Identifier: Apache-2.0
/** What the documentation shows. */
@NullMarked
package io.lichen.testkit.example;

import org.jspecify.annotations.NullMarked;
