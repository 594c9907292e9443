-- A branch's name is its parent's matter: equal ones of different parents do not meet.
drop index workspaces_name;
create unique index workspaces_name on workspaces (name) where deleted_at is null and parent_id is null;
create unique index branches_name on workspaces (parent_id, name) where deleted_at is null and parent_id is not null;
