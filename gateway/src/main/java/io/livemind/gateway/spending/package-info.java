/**
 * What users have spent, from the topic {@code usage}: {@link
 * io.livemind.gateway.spending.Spending}.
 */
@NullMarked
package io.livemind.gateway.spending;

import org.jspecify.annotations.NullMarked;
