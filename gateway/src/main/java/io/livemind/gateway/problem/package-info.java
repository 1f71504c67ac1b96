/**
 * How a request fails: {@link io.livemind.gateway.problem.Problem}, before a session knows of it.
 */
@NullMarked
package io.livemind.gateway.problem;

import org.jspecify.annotations.NullMarked;
