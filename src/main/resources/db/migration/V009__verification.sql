-- A run of the conformance kit. state: RUNNING, PASSED, FAILED, ABORTED. report is JSON, with secrets masked.
create table verification (
    id uuid primary key,
    extension_id uuid not null references extension (id) on delete cascade,
    node varchar(100) not null,
    level varchar(20) not null,
    state varchar(20) not null,
    requested_by varchar(63) not null,
    requested_at timestamp with time zone not null,
    ended_at timestamp with time zone,
    report text,
    error varchar(2000)
);
create index verification_extension on verification (extension_id, requested_at, id);
