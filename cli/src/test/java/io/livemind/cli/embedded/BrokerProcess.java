package io.livemind.cli.embedded;

import java.util.concurrent.CountDownLatch;

/** A process that holds a broker until it is terminated; prints the broker's directory. */
final class BrokerProcess {
  private BrokerProcess() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedBroker broker = EmbeddedBroker.start();
    System.out.println(broker.directory());
    new CountDownLatch(1).await();
  }
}
