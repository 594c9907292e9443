-- Data sources that another workspace of the same organization may read (SHR-1).
create table datasource_shares (
    resource_id   uuid not null references resources on delete cascade,
    -- Who may read it.
    workspace_id  uuid not null references workspaces on delete cascade,
    -- Kept by SHARED_WITH lines, or made by a person.
    origin        text not null check (origin in ('datafile', 'user')),
    created_at    timestamptz not null default now(),
    primary key (resource_id, workspace_id)
);
create index datasource_shares_workspace on datasource_shares (workspace_id);
