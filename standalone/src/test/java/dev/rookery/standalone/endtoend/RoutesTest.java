package dev.rookery.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.standalone.StandalonePlatform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

@DisplayName("Several services in one context do not get in each other's way (ALGORITHMS.md 24)")
class RoutesTest {
    private final Map<RequestMappingInfo, HandlerMethod> handlers = handlers();

    private static Map<RequestMappingInfo, HandlerMethod> handlers() {
        var mapping = StandalonePlatform.shared()
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Map<RequestMappingInfo, HandlerMethod> ours = new HashMap<>(mapping.getHandlerMethods());
        ours.values().removeIf(handler -> !handler.getBeanType().getName().startsWith("dev.rookery."));
        return ours;
    }

    @Test
    @DisplayName("each route has one handler")
    void oneHandler() {
        Map<String, List<HandlerMethod>> byRoute = new HashMap<>();
        handlers.forEach((info, handler) -> {
            for (String route : routes(info)) {
                byRoute.computeIfAbsent(route, _ -> new ArrayList<>()).add(handler);
            }
        });

        assertThat(byRoute)
                .hasSizeGreaterThan(20)
                .allSatisfy((route, found) -> assertThat(found).as(route).hasSize(1));
    }

    @Test
    @DisplayName("no request is answered by controllers of two services")
    void oneService() {
        for (MockHttpServletRequest request : sampleRequests().toList()) {
            ServletRequestPathUtils.parseAndCache(request);
            Set<String> services = handlers.entrySet().stream()
                    .filter(entry -> entry.getKey().getMatchingCondition(request) != null)
                    .map(entry -> service(entry.getValue()))
                    .collect(java.util.stream.Collectors.toSet());
            assertThat(services).as(words(request)).hasSize(1);
        }
    }

    @Test
    @DisplayName("each request is claimed by one security chain, besides the last one that takes what nobody claims")
    void oneChain() {
        List<SecurityFilterChain> chains = StandalonePlatform.shared()
                .context()
                .getBean(FilterChainProxy.class)
                .getFilterChains();
        List<SecurityFilterChain> claiming = chains.subList(0, chains.size() - 1);
        assertThat(chains.getLast().matches(request("/nobody/claims/this"))).isTrue();
        assertThat(claiming).noneMatch(chain -> chain.matches(request("/nobody/claims/this")));

        for (MockHttpServletRequest request : sampleRequests()
                .filter(request -> !words(request).contains(" /error"))
                .toList()) {
            assertThat(claiming.stream().filter(chain -> chain.matches(request)))
                    .as(words(request))
                    .hasSize(1);
        }
    }

    private static String words(MockHttpServletRequest request) {
        return request.getMethod() + " " + request.getRequestURI();
    }

    private static MockHttpServletRequest request(String path) {
        return request("GET", path);
    }

    private static MockHttpServletRequest request(String method, String path) {
        var request = new MockHttpServletRequest(method, path);
        request.setServletPath(path);
        return request;
    }

    private static List<String> routes(RequestMappingInfo info) {
        var methods = info.getMethodsCondition().getMethods();
        List<String> routes = new ArrayList<>();
        for (String pattern : info.getPatternValues()) {
            if (methods.isEmpty()) {
                routes.add("* " + pattern);
            }
            methods.forEach(method -> routes.add(method + " " + pattern));
        }
        return routes;
    }

    /** Each pattern with its variables filled in, by each of its methods. */
    private Stream<MockHttpServletRequest> sampleRequests() {
        return handlers.keySet().stream()
                .flatMap(info -> routes(info).stream())
                .distinct()
                .map(route -> route.split(" ", 2))
                .map(route -> request(route[0].equals("*") ? "GET" : route[0], sample(route[1])));
    }

    /** A name is one without a dot, a file one with a format behind it. */
    private static String sample(String pattern) {
        return pattern.replaceAll("\\{\\w+:\\[\\^\\.]\\+}", "sample")
                .replaceAll("\\{\\w+:.*}", "sample.json")
                .replaceAll("\\{[^}]+}", "sample");
    }

    private static String service(HandlerMethod handler) {
        return handler.getBeanType().getName().replaceFirst("^dev\\.rookery\\.(\\w+)\\..*", "$1");
    }
}
