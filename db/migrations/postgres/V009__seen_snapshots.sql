-- What an instance has read is a snapshot. Measured by the oldest running transaction alone, any long transaction anywhere on
-- the server would make every instance look late. Null: written by the version before, which knows only seen_xid.
alter table service_instances add column seen pg_snapshot;
-- Old instances and changes are deleted by age.
create index catalog_changes_created on catalog_changes (created_at);
