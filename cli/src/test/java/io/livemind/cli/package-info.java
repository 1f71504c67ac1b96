/** Tests of the command line. */
@NullMarked
package io.livemind.cli;

import org.jspecify.annotations.NullMarked;
