-- Token buckets that several instances share. Losing them costs nothing but a second of accuracy, so they are not logged:
-- after a crash of Postgres the table is empty.
create unlogged table rate_limit_buckets (
    id          text primary key,
    state       bytea,
    -- Milliseconds since 1970, as the library writes it.
    expires_at  bigint
);
create index rate_limit_buckets_expired on rate_limit_buckets (expires_at);
