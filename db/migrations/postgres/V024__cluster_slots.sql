-- A slot names a database and a role of a cluster, and is never given again: a workspace may have left the cluster while
-- what is named so is still there.
alter table clusters add column last_slot integer not null default 0 check (last_slot >= 0);
update clusters c
   set last_slot = coalesce((select max(slot) from workspaces w where w.cluster_id = c.id), 0);
