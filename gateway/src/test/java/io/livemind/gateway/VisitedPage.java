package io.livemind.gateway;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test a gateway, and somebody at its page; one browser for all of a class. */
final class VisitedPage
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private @Nullable Chromium chromium;
  private @Nullable Gateway gateway;
  private @Nullable PageVisit visit;

  @Override
  public void beforeAll(ExtensionContext context) {
    chromium = Chromium.launch();
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    gateway = Gateway.start();
    visit = PageVisit.wide(chromium(), gateway).connected();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    visit().close();
    gateway().close();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (chromium != null) chromium.close();
  }

  Chromium chromium() {
    return known(chromium);
  }

  Gateway gateway() {
    return known(gateway);
  }

  PageVisit visit() {
    return known(visit);
  }

  /** The gateway is gone; the page stays open. */
  int closeGateway() {
    int port = gateway().app.uri().getPort();
    gateway().close();
    return port;
  }

  /** Another gateway of the same deployment, at the same place. */
  void startGatewayAgain(int port) {
    gateway = Gateway.at(port, gateway().topology);
  }

  /** Somebody else comes, with another window. */
  void visitAgain(PageVisit other) {
    visit = other;
  }

  private static <T> T known(@Nullable T part) {
    if (part == null) throw new IllegalStateException("the test has not begun");
    return part;
  }
}
