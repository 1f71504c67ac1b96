/** Tests of the embedded parts, on real brokers. */
@NullMarked
package io.livemind.cli.embedded;

import org.jspecify.annotations.NullMarked;
