package dev.rookery.catalog.ingestion;

import dev.rookery.catalog.JobId;
import dev.rookery.catalog.ResourceId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The chunks of writers that do not go through the log (ALGORITHMS.md B3): files, copies, imports. Each is recorded before
 * it is sent and forgotten when it is stored; the successor of a job that died finds here what it has to send again, with
 * the same bytes and token. Thread safe.
 */
public final class DirectWrites {
    private final JdbcClient jdbc;
    private final LaneStore lanes;
    private final TransactionOperations transactions;

    public DirectWrites(JdbcClient jdbc, LaneStore lanes, TransactionOperations transactions) {
        this.jdbc = jdbc;
        this.lanes = lanes;
        this.transactions = transactions;
    }

    /**
     * Asks to send a chunk.
     *
     * @param token the chunk's, of at most 200 characters
     * @return false when it must wait: a barrier is open for the source, or the source is behind (I4). A chunk that is
     *     recorded already may always be sent again.
     */
    public boolean begin(JobId job, ResourceId source, String token) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            lanes.lock(source);
            if (unfinished(job, source).contains(token)) {
                return true;
            }
            return jdbc.sql("""
                            insert into direct_writes (job_id, source_id, token)
                            select :job, :source, :token
                             where not exists (select 1 from barrier_sources s join barriers b on b.id = s.barrier_id
                                                where s.source_id = :source and b.state in ('asked', 'begun'))
                               and not exists (select 1 from ingestion_lanes where source_id = :source)
                            """)
                            .param("job", job.value())
                            .param("source", source.value())
                            .param("token", token)
                            .update()
                    == 1;
        }));
    }

    /** The chunk is stored. */
    public void end(JobId job, ResourceId source, String token) {
        jdbc.sql("delete from direct_writes where job_id = :job and source_id = :source and token = :token")
                .param("job", job.value())
                .param("source", source.value())
                .param("token", token)
                .update();
    }

    /** The tokens of a job's chunks that may be stored or not. */
    public List<String> unfinished(JobId job, ResourceId source) {
        return jdbc.sql("""
                        select token from direct_writes where job_id = :job and source_id = :source order by created_at
                        """)
                .param("job", job.value())
                .param("source", source.value())
                .query(String.class)
                .list();
    }
}
