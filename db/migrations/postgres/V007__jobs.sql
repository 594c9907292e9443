create table jobs (
    id             uuid primary key,
    workspace_id   uuid not null references workspaces on delete cascade,
    kind           text not null check (kind ~ '^[a-z_]{1,40}$'),
    status         text not null check (status in ('waiting', 'working', 'done', 'error', 'cancelling', 'cancelled')),
    deployment_id  uuid references deployments on delete cascade,
    resource_id    uuid references resources on delete set null,
    error          text,
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    started_at     timestamptz,
    finished_at    timestamptz,
    check ((status in ('done', 'error', 'cancelled')) = (finished_at is not null)),
    check (status <> 'error' or error is not null)
);
create index jobs_recent on jobs (workspace_id, created_at desc);
create index jobs_open on jobs (kind, created_at) where finished_at is null;
