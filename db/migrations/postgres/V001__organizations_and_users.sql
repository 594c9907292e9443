-- The billing and isolation root: everything a tenant owns hangs below one organization (ORG-1).
create table organizations (
    id          uuid primary key,
    name        text not null check (length(name) between 1 and 200),
    -- The key of the plan it is on; plans, limits and prices are kept apart from it.
    plan        text not null default 'free' check (plan ~ '^[a-z0-9-]{1,40}$'),
    -- Users with this e-mail domain join the organization when they create a workspace (ORG-9).
    domain      text check (domain = lower(domain) and domain <> ''),
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);
create unique index organizations_domain on organizations (domain) where domain is not null;

create table users (
    id          uuid primary key,
    email       text not null check (email = lower(email) and position('@' in email) > 1),
    created_at  timestamptz not null default now()
);
create unique index users_email on users (email);

create table organization_members (
    organization_id uuid not null references organizations on delete cascade,
    user_id         uuid not null references users on delete cascade,
    role            text not null check (role in ('admin', 'member')),
    created_at      timestamptz not null default now(),
    primary key (organization_id, user_id)
);
create index organization_members_user on organization_members (user_id);
-- A user may be a member of many organizations but the admin of one only (ORG-3).
create unique index organization_members_one_admin on organization_members (user_id) where role = 'admin';
