-- What a custom action answered in its secret fields, sealed until the person who asked has fetched it, or it has lapsed.
create table handed_secret (
    action_id uuid primary key,
    operation_id uuid not null,
    action_name varchar(100) not null,
    sealed text,
    created_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    taken_at timestamp with time zone
);
create index handed_secret_operation on handed_secret (operation_id);
create index handed_secret_expires on handed_secret (expires_at);
