@NullMarked
package io.livemind.client;

import org.jspecify.annotations.NullMarked;
