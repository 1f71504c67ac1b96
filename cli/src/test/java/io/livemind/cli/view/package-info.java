/** Tests of the view. */
@NullMarked
package io.livemind.cli.view;

import org.jspecify.annotations.NullMarked;
