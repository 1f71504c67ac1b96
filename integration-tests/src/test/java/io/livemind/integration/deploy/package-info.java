/** What is deployed: the manifests, looked at without a cluster. */
@NullMarked
package io.livemind.integration.deploy;

import org.jspecify.annotations.NullMarked;
