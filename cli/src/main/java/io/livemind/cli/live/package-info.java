/**
 * Everything that a person can type at, in this process: {@link io.livemind.cli.live.AllInOne} is
 * the pipeline with models behind it and a gateway before it.
 */
@NullMarked
package io.livemind.cli.live;

import org.jspecify.annotations.NullMarked;
