-- A ClickHouse cluster that workspaces are placed on.
create table clusters (
    id              uuid primary key,
    name            text not null unique check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
    mode            text not null check (mode in ('single', 'replicated', 'shared')),
    state           text not null default 'open' check (state in ('open', 'closed', 'draining')),
    -- Set where the server cannot create roles by SQL: tenants then use roles r0001 to r<size>, provisioned beforehand.
    role_pool_size  integer check (role_pool_size between 1 and 9999),
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now()
);

-- Weights as administrators set them (CLU-3): the share of reads, and the one replica that takes writes.
create table cluster_replicas (
    id            uuid primary key,
    cluster_id    uuid not null references clusters on delete cascade,
    url           text not null check (url ~ '^https?://'),
    read_weight   integer not null check (read_weight between 0 and 65535),
    write_weight  integer not null check (write_weight between 0 and 65535),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    unique (cluster_id, url)
);
create unique index cluster_replicas_one_writer on cluster_replicas (cluster_id) where write_weight > 0;

-- The platform's own users on a cluster. The password is sealed: see the key_id's key, authenticated with table, row and cluster.
create table cluster_credentials (
    cluster_id  uuid not null references clusters on delete cascade,
    purpose     text not null check (purpose in ('admin', 'writer', 'gateway')),
    username    text not null check (username <> ''),
    password    bytea not null,
    key_id      text not null,
    updated_at  timestamptz not null default now(),
    primary key (cluster_id, purpose)
);
