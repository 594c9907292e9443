package dev.rookery.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.standalone.demo.MultipartBody.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MultipartBodyTest {
    @Test
    @DisplayName("client-contract 2.1: one part per file, the same field name, the path as file name, text/plain")
    void parts() {
        var body = new MultipartBody("b", List.of(part("datasources/ä.datasource", "SCHEMA >\n"), part("e.pipe", "x")));

        assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).isEqualTo("""
                --b\r
                Content-Disposition: form-data; name="data_project://"; filename="datasources/ä.datasource"\r
                Content-Type: text/plain\r
                \r
                SCHEMA >
                \r
                --b\r
                Content-Disposition: form-data; name="data_project://"; filename="e.pipe"\r
                Content-Type: text/plain\r
                \r
                x\r
                --b--\r
                """);
        assertThat(body.contentType()).isEqualTo("multipart/form-data; boundary=b");
    }

    @Test
    @DisplayName("a file name cannot end the header")
    void fileNameIsEscaped() {
        var body = new MultipartBody("b", List.of(part("a\"\r\nX: y", "")));

        assertThat(new String(body.bytes(), StandardCharsets.UTF_8)).contains("filename=\"a%22%0D%0AX: y\"\r\n");
    }

    private static Part part(String fileName, String content) {
        return new Part("data_project://", fileName, content.getBytes(StandardCharsets.UTF_8));
    }
}
