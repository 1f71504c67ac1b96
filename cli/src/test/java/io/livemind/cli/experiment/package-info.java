/** Tests of experiments. */
@NullMarked
package io.livemind.cli.experiment;

import org.jspecify.annotations.NullMarked;
