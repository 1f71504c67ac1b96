/** Tests of the studies. */
@NullMarked
package io.livemind.cli.study;

import org.jspecify.annotations.NullMarked;
