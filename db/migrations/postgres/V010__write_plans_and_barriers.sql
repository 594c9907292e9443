-- What the rows of a data source are sent to, from an offset of each partition on (ALGORITHMS.md B). Never changed: a
-- chunk below start_offset is repeated by the plan it was first sent under.
create table write_plans (
    source_id     uuid not null,
    topic         text not null,
    partition     integer not null,
    version       integer not null check (version >= 1),
    start_offset  bigint not null,
    -- One line per statement: the table that the records name, the graph, the table that is written.
    statements    text not null,
    created_at    timestamptz not null default now(),
    primary key (source_id, topic, partition, version)
);

-- An agreed cut between what every partition has stored of some data sources and what it has not.
create table barriers (
    id            uuid primary key,
    workspace_id  uuid not null,
    cluster_id    uuid not null,
    -- What the critical section is, for whoever has to finish it.
    kind          text not null check (kind ~ '^[a-z_]{1,40}$'),
    payload       text not null,
    state         text not null check (state in ('asked', 'begun', 'done', 'undone')),
    lease_until   timestamptz not null,
    -- Fences a coordinator whose work another has taken over.
    epoch         integer not null default 1,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now()
);
create index barriers_open on barriers (cluster_id) where state in ('asked', 'begun');

create table barrier_sources (
    barrier_id  uuid not null references barriers on delete cascade,
    source_id   uuid not null,
    primary key (barrier_id, source_id)
);
create index barrier_sources_source on barrier_sources (source_id);

-- Everything of the source below the boundary is stored, and nothing of it at or above.
create table barrier_reports (
    barrier_id  uuid not null references barriers on delete cascade,
    source_id   uuid not null,
    topic       text not null,
    partition   integer not null,
    boundary    bigint not null,
    primary key (barrier_id, source_id, topic, partition)
);

-- Chunks that do not come through the log (files, copies, imports), recorded before they are sent.
create table direct_writes (
    job_id      uuid not null,
    source_id   uuid not null,
    token       text not null,
    created_at  timestamptz not null default now(),
    primary key (job_id, source_id, token)
);
create index direct_writes_source on direct_writes (source_id);
