-- Every transaction that changes what services cache adds a row; an instance reads those that its last snapshot did not see,
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
-- Old changes are deleted by age.
create index catalog_changes_created on catalog_changes (created_at);

-- One row per running service instance: how far it has read the change log, and how long it may be trusted to go on reading.
create table service_instances (
    id           uuid primary key,
    service      text not null,
    started_at   timestamptz not null default now(),
    -- A snapshot, not the oldest running transaction: any long transaction on the server would make every instance look late.
    seen         pg_snapshot not null,
    lease_until  timestamptz not null,
    -- Set by whoever stops waiting for a slow instance; it answers 503 until it has caught up.
    revoked_at   timestamptz
);
create index service_instances_lease on service_instances (lease_until);
