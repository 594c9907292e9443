package dev.rookery.controlplane.resources;

import dev.rookery.access.web.ApiException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** What older clients did to resources one by one: here they change through deployments alone (PIPE-8). */
@RestController
class DeploymentsOnlyController {
    @RequestMapping(
            path = ResourcePaths.PIPES,
            method = {RequestMethod.POST})
    void createPipe() {
        throw refused("pipes");
    }

    @RequestMapping(
            path = ResourcePaths.PIPE,
            method = {RequestMethod.PUT, RequestMethod.DELETE})
    void changePipe(@PathVariable String name) {
        throw refused("pipes");
    }

    @RequestMapping(
            path = ResourcePaths.DATASOURCE,
            method = {RequestMethod.PUT, RequestMethod.DELETE})
    void changeDatasource(@PathVariable String name) {
        throw refused("data sources");
    }

    @RequestMapping(
            path = {ResourcePaths.CONNECTIONS},
            method = {RequestMethod.POST})
    void createConnection() {
        throw refused("connections");
    }

    @RequestMapping(
            path = {ResourcePaths.CONNECTION},
            method = {RequestMethod.DELETE})
    void deleteConnection(@PathVariable String name) {
        throw refused("connections");
    }

    private static ApiException refused(String resources) {
        return ApiException.forbidden(
                "Adding or modifying %s to this workspace can only be done via deployments".formatted(resources));
    }
}
