package dev.rookery.sql;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a PREWHERE part of WHERE where a table became a subquery, which ClickHouse would refuse with PREWHERE. The condition
 * stays outside the subselect, so that no text of the tenant stands beside a filter; without FINAL both mean the same.
 */
final class PrewhereMove {

    private final List<Edit> edits;
    private final Set<SelectSite> moved = Collections.newSetFromMap(new IdentityHashMap<>());

    PrewhereMove(List<Edit> edits) {
        this.edits = edits;
    }

    void move(@Nullable SelectSite select) {
        if (select == null || select.prewhere() == null || !moved.add(select)) {
            return;
        }
        SelectSite.Clause prewhere = select.prewhere();
        SelectSite.Clause where = select.where();
        Token keyword = prewhere.keyword();
        if (where == null) {
            edits.add(new Edit(keyword.start(), keyword.end(), "WHERE"));
            return;
        }
        edits.add(new Edit(keyword.start(), keyword.end(), "WHERE ("));
        edits.add(new Edit(prewhere.end(), prewhere.end(), ")"));
        edits.add(new Edit(where.keyword().start(), where.keyword().end(), "AND ("));
        edits.add(new Edit(where.end(), where.end(), ")"));
    }
}
