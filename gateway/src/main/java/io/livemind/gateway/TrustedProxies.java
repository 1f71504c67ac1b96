package io.livemind.gateway;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which network addresses are our own proxies, such as a load balancer: what one of them says of
 * where a request came from is believed, and what anybody else says is not.
 *
 * <p>Addresses are read, never looked up: no name is resolved. An IPv4 address inside an IPv6 one
 * is the IPv4 address.
 *
 * @param blocks in any order; none: nobody is believed
 */
public record TrustedProxies(List<Block> blocks) {
  /** Where proxies say whom they ask for. */
  static final String HEADER = "X-Forwarded-For";

  /** Every connection comes from a client. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final String KEY = "gateway.trusted-proxies";

  /** The JDK takes fewer parts as well: it would read the block 10/8 as one of 0.0.0.10. */
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([^]]*)](:[0-9]+)?|([0-9.]+):[0-9]+");
  private static final int IPV4_IN_IPV6_BITS = 96;

  public TrustedProxies {
    blocks = List.copyOf(blocks);
  }

  /**
   * Addresses that begin alike.
   *
   * @param address the lowest of them
   * @param bits that they share, 1 at least
   */
  public record Block(InetAddress address, int bits) {
    public Block {
      int longest = address.getAddress().length * Byte.SIZE;
      if (bits < 1 || bits > longest)
        throw new IllegalArgumentException("must share 1 to " + longest + " bits, but " + bits);
    }

    boolean holds(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] theirs = other.getAddress();
      return mine.length == theirs.length && Arrays.equals(first(mine), first(theirs));
    }

    private boolean isLowest() {
      return Arrays.equals(address.getAddress(), first(address.getAddress()));
    }

    private byte[] first(byte[] whole) {
      byte[] kept = whole.clone();
      for (int bit = bits; bit < kept.length * Byte.SIZE; bit++)
        kept[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
      return kept;
    }
  }

  /**
   * Reads addresses such as {@code 10.1.2.3} and blocks such as {@code 10.0.0.0/8} or {@code
   * fd00::/8}.
   *
   * @throws IllegalArgumentException if one is neither; the message names key, value and remedy
   */
  public static TrustedProxies of(List<String> texts) {
    return new TrustedProxies(texts.stream().map(TrustedProxies::block).toList());
  }

  private static Block block(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    InetAddress lowest =
        literal(address)
            .orElseThrow(
                () -> wrong(text, "is no address", "write 10.1.2.3, 10.0.0.0/8 or fd00::/8"));
    int longest = lowest.getAddress().length * Byte.SIZE;
    int inside = lowest instanceof Inet4Address && address.contains(":") ? IPV4_IN_IPV6_BITS : 0;
    int bits = slash < 0 ? longest : number(text.substring(slash + 1)) - inside;
    if (bits < 1 || bits > longest)
      throw wrong(
          text,
          "is no block",
          "give 1 to "
              + (longest + inside)
              + " bits after the slash; to trust all is to trust none");
    var block = new Block(lowest, bits);
    if (!block.isLowest())
      throw wrong(
          text,
          "has more bits set than its first " + bits,
          "name the lowest address of the block, or leave the slash out for one address");
    return block;
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static IllegalArgumentException wrong(String text, String what, String remedy) {
    return new IllegalArgumentException(
        KEY + " must hold addresses and blocks, but " + text + " " + what + ": " + remedy);
  }

  /**
   * The address that a request counts for: the peer's, unless that is a proxy of ours; then the
   * last one that it was forwarded for and that is no proxy of ours, from right to left, because a
   * client can write what it likes before what the proxies wrote. Where that cannot be read: the
   * proxy that wrote it.
   *
   * @param peer address at the other end of the connection
   * @param forwarded the lines of {@link #HEADER}, in order
   */
  String client(String peer, List<String> forwarded) {
    Optional<InetAddress> at = entry(peer);
    if (at.isEmpty()) return peer;
    InetAddress last = at.get();
    String[] entries = String.join(",", forwarded).split(",", -1);
    for (int i = entries.length - 1; i >= 0 && isOurs(last); i--) {
      Optional<InetAddress> before = entry(entries[i].strip());
      if (before.isEmpty()) break;
      last = before.get();
    }
    return last.getHostAddress();
  }

  private boolean isOurs(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.holds(address));
  }

  /** An address, perhaps in brackets, perhaps with a port behind. */
  private static Optional<InetAddress> entry(String text) {
    var matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) return literal(text);
    return literal(matcher.group(1) != null ? matcher.group(1) : matcher.group(3));
  }

  private static Optional<InetAddress> literal(String text) {
    // A zone names a network card of this machine; no block is about one.
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (!address.contains(":") && !IPV4.matcher(address).matches()) return Optional.empty();
    try {
      return Optional.of(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
