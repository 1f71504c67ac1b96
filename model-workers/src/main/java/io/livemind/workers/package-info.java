/** Tasks → results and answers: the model workers. */
@NullMarked
package io.livemind.workers;

import org.jspecify.annotations.NullMarked;
