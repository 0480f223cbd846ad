// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.lichen.node.net;

import org.jspecify.annotations.NullMarked;
