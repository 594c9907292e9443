-- Static tokens. The text is never stored: it is found by a keyed hash and kept sealed for those who may read it back.
create table tokens (
    id             uuid primary key,
    kind           text not null check (kind in ('user', 'workspace')),
    workspace_id   uuid references workspaces on delete cascade,
    -- The owner of a user token, or the person a personal workspace token ("admin <email>") belongs to.
    user_id        uuid references users on delete cascade,
    name           text not null check (length(name) between 1 and 200),
    description    text not null default '',
    -- Who keeps the token: the platform, the deployments (TOKEN lines) or people (TOK-9).
    origin         text not null check (origin in ('builtin', 'datafile', 'user')),
    lookup_hash    bytea not null unique check (octet_length(lookup_hash) = 32),
    lookup_key_id  text not null,
    sealed_text    bytea not null,
    sealed_key_id  text not null,
    -- SHA-256 of the text of the workspace's admin token: the HS256 key of the workspace's JWTs.
    jwt_key        bytea check (octet_length(jwt_key) = 32),
    created_at     timestamptz not null default now(),
    updated_at     timestamptz not null default now(),
    check ((kind = 'workspace') = (workspace_id is not null)),
    check (kind <> 'user' or user_id is not null)
);
create unique index tokens_workspace_name on tokens (workspace_id, name) where workspace_id is not null;
create unique index tokens_user on tokens (user_id) where kind = 'user';
create unique index tokens_jwt_key on tokens (workspace_id) where jwt_key is not null;

create table token_scopes (
    token_id   uuid not null references tokens on delete cascade,
    scope      text not null check (scope in (
                   'ADMIN', 'TOKENS', 'WORKSPACE:READ_ALL', 'ORG_DATASOURCES:READ',
                   'DATASOURCES:CREATE', 'DATASOURCES:APPEND', 'DATASOURCES:READ', 'DATASOURCES:DROP',
                   'PIPES:CREATE', 'PIPES:READ', 'PIPES:DROP')),
    -- The name of the data source or pipe; empty where the scope names none.
    resource   text not null default '',
    primary key (token_id, scope, resource)
);
