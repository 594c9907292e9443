-- What a job is to do and how far it has come, as JSON objects, and which handler is in charge of it: a job may pass through
-- several on its way.
alter table jobs
    add column task        text check (task ~ '^[a-z_]{1,40}$'),
    add column request     jsonb not null default '{}' check (jsonb_typeof(request) = 'object'),
    add column progress    jsonb not null default '{}' check (jsonb_typeof(progress) = 'object'),
    add column cancellable boolean not null default false;
update jobs set task = kind;
alter table jobs alter column task set not null;
create index jobs_open_of_workspace on jobs (workspace_id, kind) where finished_at is null;
