/** What single steps cost in one thread, with JMH. */
@NullMarked
package io.livemind.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
