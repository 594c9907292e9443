package dev.rookery.engines;

import dev.rookery.engines.objectstore.S3Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Two requests of S3, signed with version 4: enough to store an object and to read it. */
final class SignedS3 {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private SignedS3() {}

    static void put(S3Connection to, String path, String text) {
        HttpResponse<String> answer = send(to, "PUT", path, text);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    static String get(S3Connection from, String path) {
        return send(from, "GET", path, "").body();
    }

    private static HttpResponse<String> send(S3Connection to, String method, String path, String body) {
        try (var client = HttpClient.newHttpClient()) {
            String time = TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
            String hash = hex(MessageDigest.getInstance("SHA-256").digest(bytes(body)));
            String headers = "host:" + to.endpoint().getAuthority() + "\nx-amz-content-sha256:" + hash + "\nx-amz-date:"
                    + time + "\n";
            String names = "host;x-amz-content-sha256;x-amz-date";
            String canonical = String.join("\n", method, path, "", headers, names, hash);
            String scope = time.substring(0, 8) + "/" + to.region() + "/s3/aws4_request";
            String toSign = String.join(
                    "\n",
                    "AWS4-HMAC-SHA256",
                    time,
                    scope,
                    hex(MessageDigest.getInstance("SHA-256").digest(bytes(canonical))));
            byte[] key = bytes("AWS4" + to.credentials().password());
            for (String part : scope.split("/", -1)) {
                key = hmac(key, part);
            }
            var request = HttpRequest.newBuilder(to.endpoint().resolve(path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("x-amz-content-sha256", hash)
                    .header("x-amz-date", time)
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=" + to.credentials().user() + "/" + scope + ", SignedHeaders="
                                    + names + ", Signature=" + hex(hmac(key, toSign)))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
