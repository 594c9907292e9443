-- What tb_secret reads (E-11). Values are sealed, authenticated with table, row and workspace.
create table secrets (
    id            uuid primary key,
    workspace_id  uuid not null references workspaces on delete cascade,
    name          text not null check (name ~ '^[A-Za-z_][A-Za-z0-9_]{0,127}$'),
    value         bytea not null,
    key_id        text not null,
    edited_by     text not null default '',
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (workspace_id, name)
);
