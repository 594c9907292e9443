package dev.rookery.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JWTs: always HS256 with the workspace's admin token as the key, whatever the header says (JWT-2, JWT-3). Every
 * failure is a 403 with its reason (JWT-14, JWT-19). Results are not cached: reading one costs microseconds, and so a
 * refreshed key needs no second look. Thread safe.
 */
public final class JwtVerifier {
    private static final JWSHeader HS256 = new JWSHeader(JWSAlgorithm.HS256);

    /** Stands in for the key of a workspace that does not exist, so that both refusals take the same time. */
    private static final byte[] NOBODYS_KEY = new byte[32];

    private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Function<WorkspaceId, Optional<byte[]>> keys;
    private final InstantSource clock;
    private final Duration skew;

    /**
     * @param keys the key of a workspace; empty when there is no such workspace
     * @param skew by how much the clock of whoever signs may differ from ours
     */
    public JwtVerifier(Function<WorkspaceId, Optional<byte[]>> keys, InstantSource clock, Duration skew) {
        this.keys = keys;
        this.clock = clock;
        this.skew = skew;
    }

    /** Whether a token's text has the form of a JWT and not of a static token. */
    public static boolean isJwt(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        return first > 0 && second > 0 && text.indexOf('.', second + 1) < 0 && !text.startsWith("p.");
    }

    /**
     * What the JWT says.
     *
     * @throws ApiException 403 with the reason when it is not valid now
     * @throws dev.rookery.catalog.CatalogException of kind UNAVAILABLE when this instance may be out of date
     */
    public Jwt verify(String text) {
        int first = text.indexOf('.');
        int second = text.lastIndexOf('.');
        JsonNode header = json(text.substring(0, first));
        JsonNode claims = json(text.substring(first + 1, second));
        if (header.has("crit")) {
            throw invalid("the JWT's header asks for extensions that are not supported here");
        }
        WorkspaceId workspace = workspace(claims);
        Optional<byte[]> key = keys.apply(workspace);
        boolean signed = isSigned(text, second, key.orElse(NOBODYS_KEY));
        if (!signed || key.isEmpty()) {
            // One text for both: whether a workspace exists is its own business.
            throw invalid(("Workspace with ID %s not found, or the JWT is not signed with its workspace admin token;"
                            + " a personal admin token does not do")
                    .formatted(workspace));
        }
        return new JwtClaims(claims, clock.instant(), skew).read(workspace);
    }

    private static boolean isSigned(String text, int lastDot, byte[] key) {
        try {
            byte[] signature = BASE64.decode(text.substring(lastDot + 1));
            byte[] signed = text.substring(0, lastDot).getBytes(StandardCharsets.US_ASCII);
            return new MACVerifier(key).verify(HS256, signed, Base64URL.encode(signature));
        } catch (JOSEException | IllegalArgumentException e) {
            return false;
        }
    }

    private static WorkspaceId workspace(JsonNode claims) {
        JsonNode id = claims.path("workspace_id");
        try {
            return WorkspaceId.parse(id.isString() ? id.stringValue() : "");
        } catch (IllegalArgumentException e) {
            throw invalid("the JWT has no 'workspace_id' with the UUID of a workspace");
        }
    }

    private static JsonNode json(String part) {
        try {
            JsonNode node = JSON.readTree(BASE64.decode(part));
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JacksonException | IllegalArgumentException e) {
            // Told below: whose fault it is does not matter.
        }
        throw invalid("it is neither a token of ours nor a JWT");
    }

    static ApiException invalid(String reason) {
        return ApiException.forbidden("Invalid authentication token: " + reason);
    }
}
