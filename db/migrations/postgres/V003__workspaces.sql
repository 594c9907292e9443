create table workspaces (
    id               uuid primary key,
    organization_id  uuid not null references organizations,
    -- A branch is a workspace that names the one it was made from.
    parent_id        uuid references workspaces,
    name             text not null check (name ~ '^[A-Za-z_][A-Za-z0-9_]{0,254}$'),
    cluster_id       uuid not null references clusters,
    -- The tenant's number on its cluster; database and role are made from it and never reused while the tables exist.
    slot             integer not null check (slot between 1 and 9999999),
    created_by       uuid references users,
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    -- Deleted workspaces stay as tombstones, for they remain visible in organization.workspaces (WS-6).
    deleted_at       timestamptz,
    unique (cluster_id, slot)
);
create unique index workspaces_name on workspaces (name) where deleted_at is null;
create index workspaces_organization on workspaces (organization_id);
create index workspaces_parent on workspaces (parent_id) where parent_id is not null;

create table workspace_members (
    workspace_id  uuid not null references workspaces on delete cascade,
    user_id       uuid not null references users on delete cascade,
    role          text not null check (role in ('admin', 'guest', 'viewer')),
    created_at    timestamptz not null default now(),
    primary key (workspace_id, user_id)
);
create index workspace_members_user on workspace_members (user_id);
