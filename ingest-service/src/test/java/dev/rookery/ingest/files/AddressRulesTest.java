package dev.rookery.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Rule 18: addresses that URLs may lead to")
class AddressRulesTest {
    private final AddressRules rules = new AddressRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "168.63.129.16",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.8.8.8",
                "::127.0.0.1",
                "::8.8.8.8",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "100::1",
                "4000::1"
            })
    @DisplayName("refused")
    void refused(String address) {
        assertThat(rules.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.1.1.1",
                "128.0.0.1", "169.253.1.1", "172.15.0.1", "172.32.0.1", "192.167.1.1", "192.169.1.1", "198.17.0.1",
                "198.20.0.1", "223.255.255.254", "2606:4700::1111", "2a00:1450::1", "2620:fe::fe"
            })
    @DisplayName("allowed")
    void allowed(String address) {
        assertThat(rules.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    @DisplayName("the operator allows single addresses and networks")
    void byOperator() {
        var mine = new AddressRules(List.of("10.1.0.0/16", "127.0.0.1", "fd00::/8"));

        assertThat(mine.allows(InetAddress.ofLiteral("10.1.255.1"))).isTrue();
        assertThat(mine.allows(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(mine.allows(InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(mine.allows(InetAddress.ofLiteral("127.0.0.2"))).isFalse();
        assertThat(mine.allows(InetAddress.ofLiteral("fd12::1"))).isTrue();
        assertThat(mine.allows(InetAddress.ofLiteral("fe80::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/x", "", "internal.example", "fd00::/129"})
    @DisplayName("what is no address is no rule")
    void noRule(String text) {
        assertThatThrownBy(() -> new AddressRules(List.of(text))).isInstanceOf(IllegalArgumentException.class);
    }
}
