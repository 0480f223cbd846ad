// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

import java.util.concurrent.Flow;

/** What subscribers to {@link RedexFile#publisher} are given; it says how far they lag behind. */
public interface RedexSubscription extends Flow.Subscription, RedexProgress {}
