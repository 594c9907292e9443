-- Where rows that do not fit a table are kept: a table that takes another one's place goes on with its quarantine. Null: the
-- table has a quarantine of its own, named after it.
alter table physical_objects add column quarantine text check (quarantine ~ '^[a-z][a-z0-9_]{0,62}$');

-- What is under way with the rows of a data source: truncates, replaces, deletes.
create table data_operations (
    id            uuid primary key,
    workspace_id  uuid not null references workspaces on delete cascade,
    resource_id   uuid not null references resources on delete cascade,
    kind          text not null check (kind in ('truncate', 'replace', 'delete')),
    job_id        uuid unique references jobs on delete cascade,
    state         text not null default 'open' check (state in ('open', 'forked', 'filled', 'moving', 'done')),
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now()
);
create index data_operations_open on data_operations (workspace_id) where state <> 'done';

-- Data sources and pipes whose tables and views an operation exchanges, or deletes rows of: nobody else does meanwhile,
-- but that several may delete. Taken under the lock of the workspace.
create table data_operation_claims (
    resource_id   uuid not null references resources on delete cascade,
    operation_id  uuid not null references data_operations on delete cascade,
    primary key (resource_id, operation_id)
);
create index data_operation_claims_of on data_operation_claims (operation_id);

-- Tables and views that an operation has made.
create table data_operation_objects (
    operation_id  uuid not null references data_operations on delete cascade,
    role          text not null check (role ~ '^[a-z_]{1,40}$'),
    resource_id   uuid not null references resources on delete cascade,
    object_id     uuid not null references physical_objects on delete cascade,
    primary key (operation_id, role, resource_id)
);
create index data_operation_objects_object on data_operation_objects (object_id);
