-- Every transaction that changes what services cache adds a row; instances read those below the oldest running transaction,
-- so that no commit is skipped however transactions overlap.
create table catalog_changes (
    version       bigint generated always as identity primary key,
    xid           xid8 not null default pg_current_xact_id(),
    topic         text not null check (topic in ('workspace', 'tokens', 'clusters')),
    -- Null: concerns every workspace, or tokens that belong to none.
    workspace_id  uuid,
    created_at    timestamptz not null default now()
);
create index catalog_changes_xid on catalog_changes (xid);

-- One row per running service instance: how far it has read the change log, and how long it may be trusted to go on reading.
create table service_instances (
    id           uuid primary key,
    service      text not null,
    started_at   timestamptz not null default now(),
    seen_xid     xid8 not null,
    lease_until  timestamptz not null,
    -- Set by whoever stops waiting for a slow instance; it answers 503 until it has caught up.
    revoked_at   timestamptz
);
create index service_instances_lease on service_instances (lease_until);
