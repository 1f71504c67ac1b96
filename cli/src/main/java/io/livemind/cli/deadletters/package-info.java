/** What could not be read or processed: looked at, and sent again. */
@NullMarked
package io.livemind.cli.deadletters;

import org.jspecify.annotations.NullMarked;
