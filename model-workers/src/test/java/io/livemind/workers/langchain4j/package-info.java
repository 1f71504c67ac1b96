/** Tests of the honest stream below LangChain4j, against a server made of bytes. */
@NullMarked
package io.livemind.workers.langchain4j;

import org.jspecify.annotations.NullMarked;
