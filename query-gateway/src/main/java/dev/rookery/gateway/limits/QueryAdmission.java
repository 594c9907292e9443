package dev.rookery.gateway.limits;

import dev.rookery.access.Caller;
import dev.rookery.access.web.ApiException;
import dev.rookery.catalog.OrganizationId;
import dev.rookery.catalog.snapshot.WorkspaceSnapshot;
import dev.rookery.catalog.snapshot.WorkspaceSnapshots;
import dev.rookery.limits.Limit;
import dev.rookery.limits.OrganizationLimits;
import dev.rookery.limits.PlanLimits;
import dev.rookery.limits.rates.Rate;
import dev.rookery.limits.rates.RateLimiter;
import dev.rookery.limits.rates.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;

/**
 * Counts each query against everything that limits it: its token or JWT name, its organization's rate and day. The first
 * refusal ends it, so that a client beyond its own limit costs its organization nothing. Thread safe.
 */
public final class QueryAdmission {
    private final WorkspaceSnapshots snapshots;
    private final OrganizationLimits limits;
    /** Where a plan does not say otherwise: on machines of one's own (LIM-10, LIM-29). */
    private static final long GUARDED_AT_PERCENT = 80;

    private final RateLimiter rates;
    private final EndpointGuard guard;

    public QueryAdmission(
            WorkspaceSnapshots snapshots, OrganizationLimits limits, RateLimiter rates, EndpointGuard guard) {
        this.snapshots = snapshots;
        this.limits = limits;
        this.rates = rates;
        this.guard = guard;
    }

    private record Counted(Verdict verdict, String refusal) {}

    /**
     * Counts one query, and tells the client about the tightest of its limits.
     *
     * @throws ApiException 429 with {@code Retry-After} when there were too many (GW-14)
     */
    public void admit(Caller.OfWorkspace caller, HttpServletResponse response) {
        OrganizationId organization = snapshots.get(caller.workspace()).organization();
        PlanLimits plan = limits.of(organization);
        List<Counted> counted = new ArrayList<>();
        List<Supplier<Optional<Counted>>> counters = List.of(
                () -> token(caller, plan), () -> perSecond(organization, plan), () -> perDay(organization, plan));
        for (Supplier<Optional<Counted>> counter : counters) {
            Optional<Counted> one = counter.get();
            one.ifPresent(counted::add);
            if (one.isPresent() && !one.get().verdict().allowed()) {
                break;
            }
        }
        counted.stream()
                .min(Comparator.comparingDouble(one -> one.verdict().share()))
                .ifPresent(tightest -> tell(tightest, response));
    }

    /**
     * Lets a call of an endpoint in; the caller ends it.
     *
     * @throws ApiException 429 when the endpoint is held back and as many calls as it may have are under way (LIM-30)
     */
    public EndpointGuard.Call enter(Caller.OfWorkspace caller, String pipe) {
        WorkspaceSnapshot snapshot = snapshots.get(caller.workspace());
        PlanLimits plan = limits.of(snapshot.organization());
        if (plan.equals(PlanLimits.NONE)) {
            return _ -> {};
        }
        double shortAt = plan.get(Limit.QUERIES_GUARDED_AT).orElse(GUARDED_AT_PERCENT) / 100.0;
        return guard.enter(caller.workspace(), pipe, snapshot.place().cluster(), shortAt);
    }

    private static void tell(Counted tightest, HttpServletResponse response) {
        tightest.verdict().headers().forEach(response::setHeader);
        if (!tightest.verdict().allowed()) {
            throw new ApiException(HttpStatus.TOO_MANY_REQUESTS, tightest.refusal());
        }
    }

    private Optional<Counted> token(Caller.OfWorkspace caller, PlanLimits plan) {
        return switch (caller) {
            case Caller.JwtHolder holder ->
                holder.jwt().requestsPerSecond().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                jwt(holder, holder.jwt().requestsPerSecond().getAsDouble()));
            case Caller.Tenant tenant -> {
                OptionalLong limit = plan.get(Limit.QUERIES_PER_TOKEN);
                yield limit.isEmpty()
                        ? Optional.empty()
                        : Optional.of(count(
                                "token:" + tenant.staticToken().id(),
                                rate(limit.getAsLong()),
                                "Too many requests: more than %d per second with the token '%s'"
                                        .formatted(limit.getAsLong(), tenant.tokenName())));
            }
        };
    }

    /** All JWTs of one name share a counter (JWT-12). */
    private Counted jwt(Caller.JwtHolder holder, double perSecond) {
        return count(
                "jwt:" + holder.workspace() + ":" + holder.tokenName(),
                Rate.perSecond(perSecond),
                "Too many requests: more than %s per second with JWTs named '%s'"
                        .formatted(
                                perSecond == Math.rint(perSecond) ? Long.toString((long) perSecond) : perSecond,
                                holder.tokenName()));
    }

    private Optional<Counted> perSecond(OrganizationId organization, PlanLimits plan) {
        OptionalLong included = plan.get(Limit.QUERIES_PER_SECOND);
        if (included.isEmpty()) {
            return Optional.empty();
        }
        // Paid plans are served up to the ceiling (LIM-7), the free one in bursts (LIM-2).
        long perSecond = plan.get(Limit.QUERIES_CEILING).orElse(included.getAsLong());
        long burst = Math.max(plan.get(Limit.QUERIES_BURST).orElse(perSecond), perSecond);
        if (perSecond == 0) {
            return Optional.of(refused("The plan includes no queries"));
        }
        return Optional.of(count(
                "organization:" + organization,
                Rate.bursting(perSecond, burst),
                "Too many requests: more than %d queries per second, which is what the plan '%s' allows the organization"
                        .formatted(perSecond, plan.plan())));
    }

    private Optional<Counted> perDay(OrganizationId organization, PlanLimits plan) {
        OptionalLong limit = plan.get(Limit.QUERIES_PER_DAY);
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        if (limit.getAsLong() == 0) {
            return Optional.of(refused("The plan includes no queries"));
        }
        return Optional.of(count(
                "day:" + organization,
                Rate.perDay(limit.getAsLong()),
                "Too many requests: more than %d queries today, which is what the plan '%s' allows the organization"
                        .formatted(limit.getAsLong(), plan.plan())));
    }

    private Counted count(String name, Rate rate, String refusal) {
        return new Counted(rates.take(name, rate), refusal);
    }

    private static Rate rate(long perSecond) {
        return Rate.perSecond(Math.max(1, perSecond));
    }

    private static Counted refused(String why) {
        return new Counted(new Verdict(false, 0, 0, java.time.Duration.ZERO, java.time.Duration.ofHours(1)), why);
    }
}
