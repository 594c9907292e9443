-- A Kafka partition of events. Each writer that takes it over raises the epoch, which fences the one before.
create table ingestion_partitions (
    topic        text not null,
    partition    integer not null check (partition >= 0),
    epoch        bigint not null default 0,
    -- Everything below is stored, but for what lanes still hold; null until a writer has had the partition.
    stored_to    bigint,
    -- When the first record that is not stored was accepted; null when there is none.
    oldest_at    timestamptz,
    updated_at   timestamptz not null default now(),
    primary key (topic, partition)
);

-- A data source's own cursor through a partition while it is behind, or waits for a barrier (ALGORITHMS.md A5).
create table ingestion_lanes (
    topic         text not null,
    partition     integer not null,
    source_id     uuid not null,
    workspace_id  uuid not null,
    -- Which of the plan's statements the lane sends; '*' while it waits for a barrier.
    graph         text not null check (graph = '*' or graph ~ '^[a-z][a-z0-9_]{0,39}$'),
    -- The first offset whose rows are not stored.
    next_offset   bigint not null check (next_offset >= 0),
    -- The end of the attempt under way, recorded before its first insert; it is repeated exactly.
    attempt_to    bigint check (attempt_to > next_offset),
    barrier_id    uuid,
    opened_at     timestamptz not null default now(),
    -- In words that may be told to the tenant.
    reason        text not null,
    oldest_at     timestamptz,
    -- Rows and bytes that the main cycle has passed by, up to here.
    counted_to    bigint not null,
    rows_behind   bigint not null default 0,
    bytes_behind  bigint not null default 0,
    primary key (topic, partition, source_id, graph),
    check ((graph = '*') = (barrier_id is not null)),
    check (barrier_id is null or attempt_to is null)
);
create index ingestion_lanes_source on ingestion_lanes (source_id);
create index ingestion_lanes_workspace on ingestion_lanes (workspace_id);

-- A materialized view that kept failing and has left the write plan: its target lacks rows until it is recomputed.
create table stale_views (
    workspace_id  uuid not null references workspaces on delete cascade,
    view          text not null,
    source_id     uuid not null,
    reason        text not null,
    since         timestamptz not null default now(),
    primary key (workspace_id, view)
);

-- When a request with an idempotency key was last sent to a topic, at most a minute out of date: recorded before its
-- records are, so that a writer knows whether it must read back what it may have to drop.
create table keyed_requests (
    topic    text primary key,
    last_at  timestamptz not null
);

-- Workspaces whose rows are inserted less often than once a second (ALGORITHMS.md 11).
create table workspace_flush_classes (
    workspace_id  uuid primary key references workspaces on delete cascade,
    flush_class   text not null check (flush_class in ('fast', 'standard', 'relaxed'))
);
