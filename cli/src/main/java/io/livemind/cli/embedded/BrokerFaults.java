package io.livemind.cli.embedded;

import kafka.server.FaultHandlerFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the broker does about a fault: it logs it and throws. Kafka's own handlers end the process,
 * which here is not the broker's.
 */
final class BrokerFaults implements FaultHandlerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);

  @Override
  public FaultHandler build(String component, boolean fatal, Runnable action) {
    return (message, cause) -> {
      LOG.error("broker_fault component={} fatal={} reason={}", component, fatal, message, cause);
      action.run();
      return new IllegalStateException(component + ": " + message, cause);
    };
  }
}
