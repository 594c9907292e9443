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
    private static final List<String> PATHS_OF_QUERIES = List.of("/v0/pipes/x.json", "/v0/pipes/openapi.json");

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
    @DisplayName("no path is answered by controllers of two services")
    void oneService() {
        for (String path : samplePaths().toList()) {
            var request = new MockHttpServletRequest("GET", path);
            ServletRequestPathUtils.parseAndCache(request);
            Set<String> services = handlers.entrySet().stream()
                    .filter(entry -> patterns(entry.getKey(), request))
                    .map(entry -> service(entry.getValue()))
                    .collect(java.util.stream.Collectors.toSet());
            assertThat(services).as(path).hasSize(1);
        }
    }

    @Test
    @DisplayName("each path is claimed by one security chain, besides the last one that takes what nobody claims")
    void oneChain() {
        List<SecurityFilterChain> chains = StandalonePlatform.shared()
                .context()
                .getBean(FilterChainProxy.class)
                .getFilterChains();
        List<SecurityFilterChain> claiming = chains.subList(0, chains.size() - 1);
        assertThat(chains.getLast().matches(request("/nobody/claims/this"))).isTrue();
        assertThat(claiming).noneMatch(chain -> chain.matches(request("/nobody/claims/this")));

        for (String path : Stream.concat(samplePaths(), PATHS_OF_QUERIES.stream())
                .filter(path -> !path.startsWith("/error"))
                .toList()) {
            assertThat(claiming.stream().filter(chain -> chain.matches(request(path))))
                    .as(path)
                    .hasSize(1);
        }
    }

    private static MockHttpServletRequest request(String path) {
        var request = new MockHttpServletRequest("GET", path);
        request.setServletPath(path);
        return request;
    }

    private static boolean patterns(RequestMappingInfo info, MockHttpServletRequest request) {
        var patterns = info.getPathPatternsCondition();
        return patterns != null && patterns.getMatchingCondition(request) != null;
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

    /** Each pattern with its variables filled in. */
    private Stream<String> samplePaths() {
        return handlers.keySet().stream()
                .flatMap(info -> info.getPatternValues().stream())
                .map(pattern -> pattern.replaceAll("\\{\\w+:.*}", "sample.json").replaceAll("\\{[^}]+}", "sample"))
                .distinct();
    }

    private static String service(HandlerMethod handler) {
        return handler.getBeanType().getName().replaceFirst("^dev\\.rookery\\.(\\w+)\\..*", "$1");
    }
}
