package io.livemind.benchmarks.fanout;

import io.livemind.cli.embedded.TopicLayout;
import io.livemind.gateway.answers.OwnPartitions;
import io.livemind.gateway.handle.Handle;
import io.livemind.gateway.handle.HandleKey;
import io.livemind.gateway.handle.Handles;
import io.livemind.gateway.handle.Owner;
import io.livemind.gateway.handle.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Gateways and the clients of each, in processes of their own.
 *
 * <p>Threading: one caller.
 */
final class Crowds implements AutoCloseable {
  /** Each has a partition of its own at least. */
  static final int MOST_GATEWAYS = TopicLayout.EMBEDDED.addressed();

  private static final String KEY = "cd".repeat(32);

  private final Handles handles = new Handles(new Signature(List.of(HandleKey.ofHex(KEY))));
  private final List<Crowded> places = new ArrayList<>();

  /** A gateway with its clients. */
  private record Crowded(List<Integer> own, GatewayProcess gateway, CrowdProcess clients) {}

  private Crowds() {}

  /** Starts so many gateways, one for each partition at most, with no client yet. */
  static Crowds start(int gateways, String heap, String brokers) {
    var crowds = new Crowds();
    try {
      for (int i = 0; i < gateways; i++) {
        List<Integer> own = partitions(i, gateways);
        var gateway = GatewayProcess.start(nameFor(own), own.size(), heap, brokers, KEY);
        crowds.places.add(new Crowded(own, gateway, CrowdProcess.start(gateway.port())));
      }
    } catch (RuntimeException e) {
      crowds.close();
      throw e;
    }
    return crowds;
  }

  private static List<Integer> partitions(int gateway, int gateways) {
    return IntStream.range(0, MOST_GATEWAYS)
        .filter(each -> each % gateways == gateway)
        .boxed()
        .toList();
  }

  /** A gateway's partitions follow from its name. */
  private static String nameFor(List<Integer> own) {
    return IntStream.iterate(0, number -> number + 1)
        .mapToObj(number -> "gateway-" + number)
        .filter(name -> OwnPartitions.of(name, MOST_GATEWAYS, own.size()).equals(own))
        .findFirst()
        .orElseThrow();
  }

  /** Connects so many clients in all; the sessions that they read. */
  List<Handle> open(int streams, int sockets) {
    List<Handle> read = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Crowded place = places.get(i);
      List<Handle> some = draw(place, part(streams, i));
      List<Handle> more = draw(place, part(sockets, i));
      place.clients.open(written(some), written(more));
      read.addAll(some);
      read.addAll(more);
    }
    return read;
  }

  private int part(int all, int place) {
    return all / places.size() + (place < all % places.size() ? 1 : 0);
  }

  /** Sessions in the partitions that the gateway puts its own into. */
  private static List<Handle> draw(Crowded place, int count) {
    return IntStream.range(0, count)
        .map(number -> place.own.get(number % place.own.size()))
        .mapToObj(own -> Handle.draw(own, Owner.NOBODY, System.currentTimeMillis()))
        .toList();
  }

  private List<String> written(List<Handle> read) {
    return read.stream().map(handles::write).toList();
  }

  /** What the operating system says that all gateways hold. */
  double residentMegabytes() {
    return places.stream().mapToDouble(place -> place.gateway.usage().residentMegabytes()).sum();
  }

  /** Processor time of all gateways since they began. */
  Duration cpu() {
    return places.stream()
        .map(place -> place.gateway.usage().cpu())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** From due to arrival at any client, since this was last asked; nanoseconds. */
  Histogram takeDelays() {
    var all = new Histogram(3);
    for (Crowded place : places) all.add(place.clients.takeDelays());
    return all;
  }

  @Override
  public void close() {
    for (Crowded place : places) {
      place.clients.close();
      place.gateway.close();
    }
  }
}
