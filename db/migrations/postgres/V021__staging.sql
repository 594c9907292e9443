-- When the rows that arrive began to reach the deployment's tables as well as the live ones.
alter table deployments add column forked_at timestamptz;

-- Whether it goes live by itself once it is staged.
alter table deployments add column auto_promote boolean not null default false;

-- Tables and views that a deployment needs besides those it consists of: while rows are moved, and until none can arrive
-- any more in a layout of before it.
create table staging_objects (
    deployment_id  uuid not null references deployments on delete cascade,
    role           text not null check (role in (
                       -- of a data source that is live: takes its arriving rows for the deployment
                       'entry', 'entry_view',
                       -- of a pipe: its view over an entry
                       'stage_view',
                       -- the live rows at the fork, and the way they take
                       'clone', 'scratch_entry', 'scratch_entry_view', 'scratch_view', 'scratch')),
    resource_id    uuid not null references resources,
    object_id      uuid not null references physical_objects,
    primary key (deployment_id, role, resource_id)
);
create index staging_objects_object on staging_objects (object_id);

-- What clients are told of the rows that a deployment moves.
create table data_movements (
    deployment_id    uuid not null references deployments on delete cascade,
    ordinal          integer not null,
    datasource_name  text not null,
    kind             text not null check (kind in ('backfill_with_mv_queries', 'backfill_with_forward_query')),
    source_mv_name   text,
    primary key (deployment_id, ordinal)
);

-- How far a clone's partition has come. From 'moving' on, what is in the scratch tables is whole and is only moved.
create table moved_partitions (
    deployment_id  uuid not null references deployments on delete cascade,
    source_id      uuid not null references resources,
    partition_id   text not null,
    state          text not null check (state in ('filling', 'moving', 'done')),
    updated_at     timestamptz not null default now(),
    primary key (deployment_id, source_id, partition_id)
);
