-- What is old is found by when it ended.
create index operation_ended on operation (ended_at);

-- Since when an action no longer has its payload, answer and outputs, because they were old.
alter table action add column texts_removed_at timestamp with time zone;

-- The same table without a reference to the operation, which PostgreSQL would look for row by row whenever an operation is
-- removed. No key is kept longer than its operation.
alter table idempotency_key rename to idempotency_key_before;
create table idempotency_key (
    account_id uuid not null,
    idem_key varchar(255) not null,
    request_digest varchar(64) not null,
    operation_id uuid not null,
    created_at timestamp with time zone not null,
    primary key (account_id, idem_key)
);
insert into idempotency_key select account_id, idem_key, request_digest, operation_id, created_at from idempotency_key_before;
drop table idempotency_key_before;
create index idempotency_key_created on idempotency_key (created_at);

-- One row: whose turn it is to remove what is old, and from when on the next may take one, by the database's clock; up to
-- which end of an operation texts are removed; how much this turn has removed.
create table retention (
    id integer primary key,
    node varchar(100),
    due_at timestamp with time zone not null,
    texts_until timestamp with time zone not null,
    operations bigint not null,
    actions bigint not null,
    texts bigint not null,
    idempotency_keys bigint not null
);
insert into retention values (1, null, current_timestamp, timestamp with time zone '1970-01-01 00:00:00+00', 0, 0, 0, 0);
