-- The lasting identity of a data source, pipe or connection: the same id in every deployment that names it.
create table resources (
    id            uuid primary key,
    workspace_id  uuid not null references workspaces on delete cascade,
    kind          text not null check (kind in ('datasource', 'pipe', 'connection')),
    name          text not null check (name ~ '^[A-Za-z_][A-Za-z0-9_]{0,254}$'),
    created_at    timestamptz not null default now(),
    unique (workspace_id, kind, name)
);

create table deployments (
    id            uuid primary key,
    workspace_id  uuid not null references workspaces on delete cascade,
    -- What clients call the deployment's id: increasing within the workspace (DEP-2).
    number        integer not null check (number >= 0),
    status        text not null check (status in (
                      'calculating', 'creating_schema', 'schema_ready', 'data_ready', 'failed', 'deleting', 'deleted')),
    live          boolean not null default false,
    -- Fences a control-plane that lost the deployment to another: every step names the epoch it runs under.
    epoch         integer not null default 1,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    promoted_at   timestamptz,
    unique (workspace_id, number),
    check (not live or status = 'data_ready')
);
-- One live and one candidate at most (DEP-1).
create unique index deployments_live on deployments (workspace_id) where live;
create unique index deployments_candidate on deployments (workspace_id)
    where not live and promoted_at is null and status not in ('deleting', 'deleted');

create table deployment_feedback (
    deployment_id  uuid not null references deployments on delete cascade,
    ordinal        integer not null,
    level          text not null check (level in ('ERROR', 'WARNING', 'INFO')),
    resource       text not null,
    message        text not null,
    primary key (deployment_id, ordinal)
);

-- What a deployment changed against the one that was live when it was made, as clients list it.
create table deployment_changes (
    deployment_id  uuid not null references deployments on delete cascade,
    kind           text not null check (kind in ('datasource', 'pipe', 'connection')),
    name           text not null,
    change         text not null check (change in ('new', 'changed', 'deleted')),
    primary key (deployment_id, kind, name)
);

-- Tables and views in the workspace's ClickHouse database. Names are generated; only this table gives them a meaning.
create table physical_objects (
    id            uuid primary key,
    workspace_id  uuid not null references workspaces on delete cascade,
    resource_id   uuid not null references resources on delete cascade,
    kind          text not null check (kind in ('table', 'view', 'quarantine')),
    name          text not null check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
    -- Recorded before it is created and until it is dropped, so that whatever a crash leaves behind is found again.
    state         text not null check (state in ('creating', 'active', 'retired', 'dropped')),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (workspace_id, name)
);
create index physical_objects_resource on physical_objects (resource_id);
create index physical_objects_retired on physical_objects (updated_at) where state in ('creating', 'retired');
create unique index physical_objects_quarantine on physical_objects (resource_id, name) where kind = 'quarantine';

-- The content of a deployment: each resource's datafile, and the table or view that serves it.
create table deployment_resources (
    deployment_id  uuid not null references deployments on delete cascade,
    resource_id    uuid not null references resources,
    path           text not null,
    datafile       text not null,
    object_id      uuid references physical_objects,
    updated_at     timestamptz not null default now(),
    primary key (deployment_id, resource_id)
);
