/** Clients that type, delete, send again and out of order, and write down what they see. */
@NullMarked
package io.livemind.integration.chaos.client;

import org.jspecify.annotations.NullMarked;
