package dev.rookery.ingest.events;

import dev.rookery.access.Access;
import dev.rookery.access.Action;
import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.access.web.ClientParameters;
import dev.rookery.catalog.ResourceId;
import dev.rookery.catalog.snapshot.DatasourceEntry;
import dev.rookery.catalog.snapshot.DeploymentView;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.ingest.events.EventIngestion.Taken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v0/events} (EV-1 to EV-21). */
@RestController
final class EventsController {
    private static final String VERCEL = "x-vercel-verify";

    private final WorkspaceSnapshots workspaces;
    private final EventIngestion ingestion;
    private final RequestRates rates;
    private final Restrictions restrictions;
    private final CommitWatch commits;
    private final EventsProperties settings;

    EventsController(
            WorkspaceSnapshots workspaces,
            EventIngestion ingestion,
            RequestRates rates,
            Restrictions restrictions,
            CommitWatch commits,
            EventsProperties settings) {
        this.workspaces = workspaces;
        this.ingestion = ingestion;
        this.rates = rates;
        this.restrictions = restrictions;
        this.commits = commits;
        this.settings = settings;
    }

    @PostMapping("/v0/events")
    ResponseEntity<EventsAnswer> append(
            @AuthenticationPrincipal Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        echoVercel(request, response);
        EventsRequest asked = EventsRequest.of(request);
        if (!(caller instanceof Caller.Tenant tenant)) {
            throw ApiException.forbidden("A user token belongs to no workspace; use a token of the workspace");
        }
        WorkspaceSnapshot workspace = workspaces.get(tenant.workspace());
        DatasourceEntry entry = find(tenant, workspace, asked);
        restrictions.check(entry.id());
        rates.take(entry.id(), response);
        Taken taken;
        try (InputStream body = RequestBody.open(request, settings.maxBody())) {
            taken = ingestion.take(workspace, entry, body, asked.format(), asked.idempotencyKey());
        }
        taken.last().ifPresent(last -> restrictions.sent(entry.id(), last));
        return ResponseEntity.status(
                        asked.untilStored() && isStored(entry.id(), taken.last()) ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new EventsAnswer(
                        taken.counts().successfulRows(), taken.counts().quarantinedRows()));
    }

    /** A caller who may not append learns nothing about which data sources there are. */
    private static DatasourceEntry find(Caller.Tenant tenant, WorkspaceSnapshot workspace, EventsRequest asked) {
        Optional<DatasourceEntry> found =
                deployment(workspace, asked.minDeployment()).flatMap(deployment -> deployment.datasource(asked.name()));
        String name = found.map(DatasourceEntry::name).orElse(asked.name());
        new Access(tenant, Action.APPEND_DATASOURCE, name).require();
        return found.orElseThrow(
                () -> ApiException.notFound("Data Source \"%s\" does not exist".formatted(asked.name())));
    }

    /** The live deployment unless a later one is asked for, which then must be the staged one (EV-12, DEP-13, DEP-15). */
    private static Optional<DeploymentView> deployment(WorkspaceSnapshot workspace, OptionalInt least) {
        if (least.isEmpty() || workspace.live().number() >= least.getAsInt()) {
            return Optional.of(workspace.live());
        }
        return Optional.ofNullable(workspace.candidate()).filter(view -> view.number() >= least.getAsInt());
    }

    private boolean isStored(ResourceId source, Optional<RecordMetadata> last) {
        if (last.isEmpty()) {
            return true;
        }
        RecordMetadata record = last.get();
        try {
            return commits.await(
                    new TopicPartition(record.topic(), record.partition()),
                    source,
                    record.offset(),
                    settings.waitTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Vercel enables a log drain only when it finds its own value in a header of the answer (EV-11). */
    private static void echoVercel(HttpServletRequest request, HttpServletResponse response) {
        ClientParameters.ofQuery(request)
                .find(VERCEL)
                .filter(value -> value.chars().allMatch(c -> c > ' ' && c < 127))
                .ifPresent(value -> response.setHeader(VERCEL, value));
    }
}
