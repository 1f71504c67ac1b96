/**
 * What an operator can read off a gateway: {@link io.livemind.gateway.metric.GatewayMetric} lists
 * it.
 */
@NullMarked
package io.livemind.gateway.metric;

import org.jspecify.annotations.NullMarked;
