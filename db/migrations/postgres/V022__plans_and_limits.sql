-- What differs from the limits that are shipped with a plan; a plan of the operator's own has all of its limits here.
-- A limit that is null is lifted.
create table plan_limits (
    plan        text not null check (plan ~ '^[a-z0-9-]{1,40}$'),
    name        text not null check (name ~ '^[a-z0-9.-]{1,80}$'),
    value       bigint check (value >= 0),
    primary key (plan, name)
);

-- The same for one organization: what support has agreed with it.
create table organization_limits (
    organization_id uuid not null references organizations on delete cascade,
    name            text not null check (name ~ '^[a-z0-9.-]{1,80}$'),
    value           bigint check (value >= 0),
    primary key (organization_id, name)
);
