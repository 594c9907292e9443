package dev.rookery.controlplane.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rookery.controlplane.testing.Http;
import dev.rookery.controlplane.testing.Tenant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** GET /v0/dependencies (client-contract.md 8). */
class DependenciesTest {
    private final Tenant tenant = Shop.open();

    private String dependencies(String query) {
        return Http.get("/v0/dependencies" + query, tenant.adminToken())
                .at("/dependencies")
                .toString();
    }

    @Test
    @DisplayName("8: pipes by data source; by pipe, by data source, by a part of the name, and only those nobody reads")
    void filters() {
        String all = "{\"counts\":[\"top\"],\"orders\":[\"counts_mv\",\"top\"]}";

        assertThat(dependencies("")).isEqualTo(all);
        assertThat(dependencies("?no_deps=false&recursive=false&check_for_partial_replace=false"))
                .isEqualTo(all);
        assertThat(dependencies("?pipe=counts_mv")).isEqualTo("{\"orders\":[\"counts_mv\",\"top\"]}");
        assertThat(dependencies("?pipe=shared")).as("through another pipe").isEqualTo(all);
        assertThat(dependencies("?datasource=counts")).isEqualTo("{\"counts\":[\"top\"]}");
        assertThat(dependencies("?datasource=orders&recursive=true")).isEqualTo(all);
        assertThat(dependencies("?match=ount")).isEqualTo("{\"counts\":[\"top\"]}");
        assertThat(dependencies("?no_deps=true")).isEqualTo("{}");
    }

    @Test
    @DisplayName("8, MV-11: a partial replace goes on into targets whose partitions are alike, and cannot into others")
    void partialReplace() {
        String path = "/v0/dependencies?datasource=orders&check_for_partial_replace=true";
        var reply = Http.get(path, tenant.adminToken());
        assertThat(reply.at("/dependencies").toString()).isEqualTo("{}");
        assertThat(reply.at("/incompatible_datasources").toString()).isEqualTo("{\"counts\":[\"counts_mv\"]}");

        Tenant alike = Tenant.create();
        Shop.PROJECT
                .with("datasources/orders.datasource", Shop.ORDERS.replace("toYYYYMM(at)", ""))
                .live(alike.adminToken());
        assertThat(Http.get(path, alike.adminToken()).at("/dependencies").toString())
                .isEqualTo("{\"counts\":[\"counts_mv\"]}");
    }

    @Test
    @DisplayName("8: what is asked for has to be there")
    void missing() {
        assertThat(Http.get("/v0/dependencies?datasource=x", tenant.adminToken())
                        .status())
                .isEqualTo(404);
        assertThat(Http.get("/v0/dependencies?pipe=x", tenant.adminToken()).status())
                .isEqualTo(404);
    }
}
