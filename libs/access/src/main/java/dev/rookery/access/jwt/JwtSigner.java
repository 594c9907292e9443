package dev.rookery.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Signs JWTs for those who do not sign their own (JWT-16). */
public final class JwtSigner {
    private static final JWSHeader HEADER =
            new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JwtSigner() {}

    /**
     * @param key the workspace's key: its admin token's text, or that text's SHA-256; at least 32 bytes
     * @param claims as {@link JwtVerifier} reads them
     */
    public static String sign(Map<String, ?> claims, byte[] key) {
        try {
            var jwt = new JWSObject(HEADER, new Payload(JSON.writeValueAsString(claims)));
            jwt.sign(new MACSigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("a workspace's key cannot sign", e);
        }
    }
}
