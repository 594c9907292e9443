package dev.rookery.ingest.files;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses a tenant's URL may lead to: public ones, and those that the operator allows. Immutable.
 *
 * <p>Of IPv6 only what is given out to be routed (2000::/3) is public: everything that stands for an IPv4 address or a local
 * one (mapped, NAT64, unique local, link local, multicast) lies outside, but for the ranges of tunnels, which are refused.
 */
final class AddressRules {
    private static final List<Block> NOT_PUBLIC = List.of(
            Block.parse("0.0.0.0/8"),
            Block.parse("10.0.0.0/8"),
            Block.parse("100.64.0.0/10"),
            Block.parse("127.0.0.0/8"),
            Block.parse("169.254.0.0/16"),
            Block.parse("172.16.0.0/12"),
            Block.parse("192.0.0.0/24"),
            Block.parse("192.0.2.0/24"),
            Block.parse("192.88.99.0/24"),
            Block.parse("192.168.0.0/16"),
            Block.parse("198.18.0.0/15"),
            Block.parse("198.51.100.0/24"),
            Block.parse("203.0.113.0/24"),
            Block.parse("224.0.0.0/3"),
            // Platforms answer their machines' questions about keys here, though the address is a public one.
            Block.parse("168.63.129.16"),
            Block.parse("2001::/23"),
            Block.parse("2001:db8::/32"),
            Block.parse("2002::/16"),
            Block.parse("3fff::/20"));

    private static final Block ROUTED = Block.parse("2000::/3");

    private final List<Block> allowed;

    /**
     * @param allowed addresses and networks, as {@code 10.1.2.3} or {@code 10.1.0.0/16}
     * @throws IllegalArgumentException when one of them is neither
     */
    AddressRules(List<String> allowed) {
        this.allowed = allowed.stream().map(Block::parse).toList();
    }

    boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (allowed.stream().anyMatch(block -> block.holds(bytes))) {
            return true;
        }
        boolean routed = address instanceof Inet4Address || ROUTED.holds(bytes);
        return routed && !address.isMulticastAddress() && NOT_PUBLIC.stream().noneMatch(block -> block.holds(bytes));
    }

    /** Addresses that begin with the same bits. */
    private record Block(byte[] address, int bits) {
        static Block parse(String text) {
            int slash = text.indexOf('/');
            String literal = slash < 0 ? text : text.substring(0, slash);
            try {
                byte[] address = InetAddress.ofLiteral(literal).getAddress();
                int bits = slash < 0 ? 8 * address.length : Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > 8 * address.length) {
                    throw new IllegalArgumentException("'%s' is no network".formatted(text));
                }
                return new Block(address, bits);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'%s' is no address and no network".formatted(text), e);
            }
        }

        boolean holds(byte[] other) {
            int whole = bits / 8;
            if (other.length != address.length || !Arrays.equals(other, 0, whole, address, 0, whole)) {
                return false;
            }
            int rest = bits % 8;
            return rest == 0 || ((other[whole] ^ address[whole]) & 0xFF) >> (8 - rest) == 0;
        }
    }
}
