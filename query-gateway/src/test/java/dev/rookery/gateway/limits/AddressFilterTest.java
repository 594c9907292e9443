package dev.rookery.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("LIM-27: requests of one address at the same time")
class AddressFilterTest {
    private final Deque<MockHttpServletResponse> inner = new ArrayDeque<>();

    private static MockHttpServletRequest from(String address) {
        var request = new MockHttpServletRequest("GET", "/v0/sql");
        request.setRemoteAddr(address);
        return request;
    }

    /** Each request makes the next one while it is under way. */
    private void nest(AddressFilter filter, int depth, String address) throws ServletException, IOException {
        var response = new MockHttpServletResponse();
        FilterChain chain = (_, _) -> {
            if (depth > 1) {
                nest(filter, depth - 1, address);
            }
        };
        filter.doFilter(from(address), response, chain);
        inner.push(response);
    }

    @Test
    @DisplayName("one more than allowed is 429 with Retry-After, and none once the others are done")
    void limited() throws ServletException, IOException {
        var filter = new AddressFilter(3, true);
        nest(filter, 4, "10.0.0.1");
        assertThat(inner.stream().map(MockHttpServletResponse::getStatus)).containsExactly(200, 200, 200, 429);
        assertThat(inner.getLast().getHeader("Retry-After")).isEqualTo("1");
        assertThat(inner.getLast().getContentAsString()).startsWith("{\"error\":\"");
        inner.clear();
        nest(filter, 3, "10.0.0.1");
        assertThat(inner).allMatch(response -> response.getStatus() == 200);
    }

    @Test
    @DisplayName("addresses count apart; 0 is no limit; drivers get text")
    void apart() throws ServletException, IOException, UnsupportedEncodingException {
        var filter = new AddressFilter(1, false);
        var other = new MockHttpServletResponse();
        var same = new MockHttpServletResponse();
        filter.doFilter(from("10.0.0.1"), new MockHttpServletResponse(), (_, _) -> {
            filter.doFilter(from("10.0.0.2"), other, (_, _) -> {});
            filter.doFilter(from("10.0.0.1"), same, (_, _) -> {});
        });
        assertThat(other.getStatus()).isEqualTo(200);
        assertThat(same.getStatus()).isEqualTo(429);
        assertThat(same.getContentAsString()).startsWith("Code: 202. DB::Exception: ");
        nest(new AddressFilter(0, true), 50, "10.0.0.1");
        assertThat(inner).allMatch(response -> response.getStatus() == 200);
    }
}
