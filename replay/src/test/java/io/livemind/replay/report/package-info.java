/** Tests of the report. */
@NullMarked
package io.livemind.replay.report;

import org.jspecify.annotations.NullMarked;
