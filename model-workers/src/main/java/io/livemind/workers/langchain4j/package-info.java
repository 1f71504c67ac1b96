/**
 * The models behind LangChain4j, made honest.
 *
 * <p>{@link io.livemind.workers.langchain4j.LangChain4jModelClient} is the port's implementation: a
 * virtual thread a call ({@link io.livemind.workers.langchain4j.ModelStream}), on which LangChain4j
 * builds the request and maps the text, while {@link
 * io.livemind.workers.langchain4j.StreamingHttpClient} does the exchange itself: it reads the
 * events ({@link io.livemind.workers.langchain4j.EventStream}), watches the limits ({@link
 * io.livemind.workers.langchain4j.CallDeadlines}, {@link
 * io.livemind.workers.langchain4j.CallWatch}) and looks at every event before LangChain4j does
 * ({@link io.livemind.workers.langchain4j.Provider}, {@link
 * io.livemind.workers.langchain4j.StreamFacts}). The end of a call is told by these facts alone,
 * never by LangChain4j's terminal callbacks, which report some failures as success and some not at
 * all.
 */
@NullMarked
package io.livemind.workers.langchain4j;

import org.jspecify.annotations.NullMarked;
