package dev.rookery.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.rookery.catalog.CatalogException;
import dev.rookery.catalog.OrganizationId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What organizations may do: the shipped limits of their plan, changed by the tables {@code plan_limits} and {@code
 * organization_limits}. A change is heeded within 10 s; while Postgres cannot be asked, what was known stays. Thread safe.
 */
public final class OrganizationLimits {
    private static final Logger LOG = LoggerFactory.getLogger(OrganizationLimits.class);
    private static final Duration REFRESH_AFTER = Duration.ofSeconds(5);
    private static final int MAX_ORGANIZATIONS = 100_000;

    private final JdbcClient jdbc;
    private final LimitsProperties settings;
    private final LoadingCache<OrganizationId, PlanLimits> limits = Caffeine.newBuilder()
            .maximumSize(MAX_ORGANIZATIONS)
            .refreshAfterWrite(REFRESH_AFTER)
            .expireAfterAccess(Duration.ofMinutes(10))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build(this::load);

    public OrganizationLimits(JdbcClient jdbc, LimitsProperties settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * The limits of the organization; none at all where limits are not enforced.
     *
     * @throws CatalogException of kind UNAVAILABLE when they are not known here and Postgres cannot be asked
     */
    public PlanLimits of(OrganizationId organization) {
        if (!settings.enforced()) {
            return PlanLimits.NONE;
        }
        try {
            return limits.get(organization);
        } catch (DataAccessException e) {
            throw new CatalogException(
                    CatalogException.Kind.UNAVAILABLE, "The catalog cannot be reached; try again in a moment", e);
        }
    }

    private record Row(String plan, boolean ofPlan, Optional<String> name, Optional<Long> value) {}

    private PlanLimits load(OrganizationId organization) {
        // The organization's own come last, and count.
        var rows = jdbc.sql("""
                        select o.plan, coalesce(l.rank = 1, false) as of_plan, l.name, l.value from organizations o
                          left join (select 1 as rank, plan, null::uuid as organization_id, name, value
                                       from plan_limits
                                     union all
                                     select 2, null, organization_id, name, value from organization_limits) l
                            on l.plan = o.plan or l.organization_id = o.id
                         where o.id = :organization
                         order by l.rank
                        """)
                .param("organization", organization.value())
                .query((row, n) -> new Row(
                        row.getString("plan"),
                        row.getBoolean("of_plan"),
                        Optional.ofNullable(row.getString("name")),
                        Optional.ofNullable(row.getObject("value", Long.class))))
                .list();
        String plan = rows.isEmpty() ? ShippedPlans.FREE : rows.getFirst().plan();
        boolean known = ShippedPlans.has(plan) || rows.stream().anyMatch(Row::ofPlan);
        if (!known) {
            LOG.warn("The plan '{}' has no limits; its organizations get those of '{}'", plan, ShippedPlans.FREE);
        }
        Map<Limit, Long> values = new EnumMap<>(Limit.class);
        values.putAll(ShippedPlans.of(known ? plan : ShippedPlans.FREE));
        rows.forEach(row -> row.name().ifPresent(name -> apply(name, row.value(), values)));
        return new PlanLimits(plan, values);
    }

    private static void apply(String name, Optional<Long> value, Map<Limit, Long> values) {
        Optional<Limit> limit = Limit.find(name);
        if (limit.isEmpty()) {
            LOG.warn("There is no limit named '{}'", name);
        } else if (value.isPresent()) {
            values.put(limit.get(), value.get());
        } else {
            values.remove(limit.get());
        }
    }
}
