package dev.rookery.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;

@DisplayName("JWTs that tenants sign")
class JwtVerifierTest {
    private static final WorkspaceId WORKSPACE = new WorkspaceId(UUID.randomUUID());
    private static final String ADMIN_TOKEN = "p." + "eyJ1IjogIn".repeat(12) + ".signature";
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.5Z");
    private static final double SECOND = NOW.toEpochMilli() / 1000.0;
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private final JwtVerifier verifier = new JwtVerifier(
            workspace -> workspace.equals(WORKSPACE) ? Optional.of(sha256(ADMIN_TOKEN)) : Optional.empty(),
            InstantSource.fixed(NOW),
            Duration.ofSeconds(5));

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a tenant's library does it: the whole text of the admin token is the key. */
    private static String signed(String header, String payload, String key) {
        String content = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(payload.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String payload(String exp, String more) {
        return "{\"workspace_id\":\"%s\",\"name\":\"frontend\",\"exp\":%s%s}".formatted(WORKSPACE, exp, more);
    }

    private static String valid(String more) {
        return signed(HEADER, payload("4000000000", more), ADMIN_TOKEN);
    }

    private static String scopes(String scopes) {
        return ",\"scopes\":[" + scopes + "]";
    }

    private void assertRefused(String jwt, String reason) {
        assertThatThrownBy(() -> verifier.verify(jwt)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(HttpStatus.FORBIDDEN);
            assertThat(e.publicMessage()).contains(reason);
            String signature = jwt.substring(jwt.lastIndexOf('.') + 1);
            assertThat(signature.length() < 8 || !e.publicMessage().contains(signature))
                    .isTrue();
        });
    }

    @Nested
    @DisplayName("signature")
    class Signature {
        @Test
        @DisplayName("JWT-2 ALGORITHMS 19: signed with the text of the admin token, checked with its SHA-256")
        void signature() {
            Jwt jwt = verifier.verify(valid(scopes("{\"type\":\"PIPES:READ\",\"resource\":\"top\"}")));
            assertThat(jwt.workspace()).isEqualTo(WORKSPACE);
            assertThat(jwt.name()).isEqualTo("frontend");
            assertThat(jwt.scopes()).containsExactly(new JwtScope.ReadPipe("top", Map.of()));
        }

        @Test
        @DisplayName("JWT-16: what the API signs is valid")
        void ours() {
            String jwt = JwtSigner.sign(
                    Map.of(
                            "workspace_id",
                            WORKSPACE.toString(),
                            "name",
                            "a",
                            "exp",
                            SECOND + 60,
                            "scopes",
                            List.of(Map.of("type", "PIPES:READ", "resource", "top"))),
                    sha256(ADMIN_TOKEN));
            assertThat(verifier.verify(jwt).scopes()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"typ\":\"JWT\"}",
                    "{\"alg\":\"none\"}",
                    "{\"alg\":\"RS256\"}",
                    "{\"alg\":\"HS512\"}",
                    "{\"alg\":7}",
                    "{\"alg\":\"HS256\",\"kid\":\"../../key\",\"jku\":\"http://127.0.0.1/\"}"
                })
        @DisplayName("JWT-3: the header's alg is not read and may be absent; HS256 all the same")
        void algorithmIsNotRead(String header) {
            assertThat(verifier.verify(signed(header, payload("4000000000", scopes("")), ADMIN_TOKEN))
                            .scopes())
                    .isEmpty();
            assertRefused(signed(header, payload("4000000000", scopes("")), "another key"), "not signed with");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "AAAA", "#", "====", "e30"})
        @DisplayName("JWT-14: no signature, half of one, and rubbish")
        void otherSignatures(String signature) {
            String jwt = valid(scopes(""));
            assertRefused(jwt.substring(0, jwt.lastIndexOf('.') + 1) + signature, "Invalid authentication token");
        }

        @Test
        @DisplayName("JWT-14: each bit of the signature and of the claims counts")
        void everyBit() {
            String jwt = valid(scopes(""));
            int start = jwt.indexOf('.') + 1;
            for (int i = start; i < jwt.length() - 1; i++) {
                if (jwt.charAt(i) != '.') {
                    char other = jwt.charAt(i) == 'A' ? 'B' : 'A';
                    assertRefused(jwt.substring(0, i) + other + jwt.substring(i + 1), "Invalid authentication token");
                }
            }
        }

        @Test
        @DisplayName("JWT-14 JWT-17: a foreign key and a workspace that is not here are told in the same words")
        void sameWords() {
            String stranger = UUID.randomUUID().toString();
            String foreign = signed(HEADER, payload("4000000000", scopes("")), "p.personal");
            String nowhere = signed(
                    HEADER,
                    payload("4000000000", scopes("")).replace(WORKSPACE.toString(), stranger),
                    new String(new byte[32], StandardCharsets.UTF_8));
            assertThat(refusal(foreign).replace(WORKSPACE.toString(), "X"))
                    .isEqualTo(refusal(nowhere).replace(stranger, "X"))
                    .contains("Workspace with ID X not found", "personal admin token");
        }

        private String refusal(String jwt) {
            try {
                return "accepted: " + verifier.verify(jwt);
            } catch (ApiException e) {
                return e.publicMessage();
            }
        }

        @Test
        @DisplayName("extensions that must be understood are refused (RFC 7515, 4.1.11)")
        void critical() {
            assertRefused(
                    signed("{\"crit\":[\"b64\"],\"b64\":false}", payload("4000000000", scopes("")), ADMIN_TOKEN),
                    "extensions");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a.b.c", "e30.e30.", "..", "W10.W10.AA", "bnVsbA.bnVsbA.AA", "e30.e30e30.AA"})
        @DisplayName("rubbish with two dots")
        void rubbish(String jwt) {
            assertRefused(jwt, "Invalid authentication token");
        }

        @Test
        @DisplayName("static tokens are told from JWTs by their text")
        void form() {
            assertThat(JwtVerifier.isJwt(valid(""))).isTrue();
            assertThat(Stream.of(ADMIN_TOKEN, "p.e.x", "", "nonsense", "a.b", "a.b.c.d", ".a.b"))
                    .noneMatch(JwtVerifier::isJwt);
        }
    }

    @Nested
    @DisplayName("claims")
    class Claims {
        @ParameterizedTest
        @ValueSource(doubles = {60, 0.25, 0, -4.75})
        @DisplayName("JWT-6 client-contract 1.1: exp may be fractional, and clocks may differ a little")
        void notExpired(double after) {
            String exp = "%.3f".formatted(SECOND + after);
            assertThat(verifier.verify(signed(HEADER, payload(exp, scopes("")), ADMIN_TOKEN))
                            .expires())
                    .isEqualTo(Instant.ofEpochMilli(Math.round((SECOND + after) * 1000)));
        }

        @ParameterizedTest
        @ValueSource(doubles = {-5, -5.25, -3600})
        @DisplayName("JWT-6: expired")
        void expired(double after) {
            assertRefused(
                    signed(HEADER, payload("%.3f".formatted(SECOND + after), scopes("")), ADMIN_TOKEN), "has expired");
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "\"4000000000\"", "true", "[4000000000]", "{}"})
        @DisplayName("JWT-6: exp is required, and a number")
        void noExpiration(String exp) {
            assertRefused(signed(HEADER, payload(exp, scopes("")), ADMIN_TOKEN), "'exp'");
        }

        @ParameterizedTest
        @ValueSource(strings = {"123123123123", "1e300", "1e999", "9223372036854775807123"})
        @DisplayName("JWT-6: far away is far away, and no overflow")
        void farAway(String exp) {
            assertThat(verifier.verify(signed(HEADER, payload(exp, scopes("")), ADMIN_TOKEN))
                            .expires())
                    .isAfter(NOW);
        }

        @Test
        @DisplayName("RFC 7519: nbf is respected")
        void notBefore() {
            assertRefused(valid(scopes("") + ",\"nbf\":4000000000"), "not valid yet");
            assertThat(verifier.verify(valid(scopes("") + ",\"nbf\":" + (SECOND + 4)))
                            .name())
                    .isEqualTo("frontend");
        }

        static Stream<Arguments> missing() {
            return Stream.of(
                    Arguments.of("\"name\":\"frontend\"", "\"name\":\"\"", "'name'"),
                    Arguments.of("\"name\":\"frontend\"", "\"name\":7", "'name'"),
                    Arguments.of("\"name\":\"frontend\",", "", "'name'"),
                    Arguments.of("\"workspace_id\":\"" + WORKSPACE + "\",", "", "'workspace_id'"),
                    Arguments.of(WORKSPACE.toString(), "x", "'workspace_id'"),
                    Arguments.of("\"scopes\":[]", "\"scopes\":{}", "'scopes'"),
                    Arguments.of(",\"scopes\":[]", "", "'scopes'"));
        }

        @ParameterizedTest
        @MethodSource("missing")
        @DisplayName("JWT-4 JWT-5 JWT-7: workspace_id, name and scopes are required")
        void required(String part, String instead, String reason) {
            assertRefused(
                    signed(HEADER, payload("4000000000", scopes("")).replace(part, instead), ADMIN_TOKEN), reason);
        }

        @Test
        @DisplayName("JWT-7 JWT-8: several scopes; types that only write, and unknown ones, allow nothing")
        void types() {
            Jwt jwt = verifier.verify(valid(scopes("""
                    {"type":"PIPES:READ","resource":"t_0123","fixed_params":{"org":"a","n":1,"no":null,"l":[1,"b"]}},
                    {"type":"DATASOURCES:READ","resource":"events","filter":" org_id = 'testing' "},
                    {"type":"DATASOURCES:READ","resource":"other","filter":"","fixed_params":{}},
                    {"type":"DATASOURCES:APPEND","resource":"events"},
                    {"type":"ADMIN"}, {"type":7}, {}, 7""")));
            Map<String, Object> fixed = new HashMap<>(Map.of("org", "a", "n", 1, "l", List.of(1, "b")));
            fixed.put("no", null);
            assertThat(jwt.scopes())
                    .containsExactly(
                            new JwtScope.ReadPipe("t_0123", fixed),
                            new JwtScope.ReadDatasource("events", "org_id = 'testing'"),
                            new JwtScope.ReadDatasource("other", ""));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"type\":\"PIPES:READ\"}",
                    "{\"type\":\"PIPES:READ\",\"resource\":\"\"}",
                    "{\"type\":\"PIPES:READ\",\"resource\":[\"a\"]}",
                    "{\"type\":\"PIPES:READ\",\"resource\":\"a\",\"fixed_params\":\"org=a\"}",
                    "{\"type\":\"PIPES:READ\",\"resource\":\"a\",\"filter\":\"org = 'a'\"}",
                    "{\"type\":\"DATASOURCES:READ\",\"resource\":\"a\",\"filter\":{\"org\":\"a\"}}",
                    "{\"type\":\"DATASOURCES:READ\",\"resource\":\"a\",\"filter\":7}",
                    "{\"type\":\"DATASOURCES:READ\",\"resource\":\"a\",\"fixed_params\":{\"org\":\"a\"}}"
                })
        @DisplayName("JWT-10 JWT-11: what was meant to narrow a scope and cannot is refused, never left out")
        void narrowing(String scope) {
            assertRefused(valid(scopes(scope)), "Invalid authentication token");
        }

        static Stream<Arguments> limits() {
            return Stream.of(
                    Arguments.of("{\"rps\":10}", OptionalDouble.of(10)),
                    Arguments.of("{\"rps\":0.5}", OptionalDouble.of(0.5)),
                    Arguments.of("{\"rps\":0}", OptionalDouble.empty()),
                    Arguments.of("{\"rps\":-1}", OptionalDouble.empty()),
                    Arguments.of("{\"rps\":null}", OptionalDouble.empty()),
                    Arguments.of("{}", OptionalDouble.empty()),
                    Arguments.of("null", OptionalDouble.empty()));
        }

        @ParameterizedTest
        @MethodSource("limits")
        @DisplayName("JWT-12: limits.rps; nothing above 0 is no limit")
        void limits(String limits, OptionalDouble expected) {
            assertThat(verifier.verify(valid(scopes("") + ",\"limits\":" + limits))
                            .requestsPerSecond())
                    .isEqualTo(expected);
        }

        @Test
        @DisplayName("JWT-12: a limit that is no number is refused, never left out")
        void limitIsNoNumber() {
            assertRefused(valid(scopes("") + ",\"limits\":{\"rps\":\"10\"}"), "limits.rps");
        }

        @Test
        @DisplayName("the same claim twice is not read at all")
        void twice() {
            assertRefused(valid(scopes("") + ",\"exp\":4000000001"), "Invalid authentication token");
        }
    }
}
