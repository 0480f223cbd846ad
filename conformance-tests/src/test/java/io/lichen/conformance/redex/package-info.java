// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.lichen.conformance.redex;

import org.jspecify.annotations.NullMarked;
