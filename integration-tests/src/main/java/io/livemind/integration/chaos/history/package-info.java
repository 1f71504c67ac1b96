/** What happened in a run, as every actor saw it, one JSON object a line. */
@NullMarked
package io.livemind.integration.chaos.history;

import org.jspecify.annotations.NullMarked;
