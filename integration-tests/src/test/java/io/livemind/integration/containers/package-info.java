/** Our image and Kafka's, each role in a container of its own. */
@NullMarked
package io.livemind.integration.containers;

import org.jspecify.annotations.NullMarked;
