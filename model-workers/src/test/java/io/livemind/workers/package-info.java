/** Tests of the workers' stage on Kafka's own hand-driven clients. */
@NullMarked
package io.livemind.workers;

import org.jspecify.annotations.NullMarked;
