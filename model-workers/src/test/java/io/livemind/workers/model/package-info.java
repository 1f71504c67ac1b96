/** Tests of the port's own logic. */
@NullMarked
package io.livemind.workers.model;

import org.jspecify.annotations.NullMarked;
