-- lease_until is by the database's clock. A node whose lease is over may be running still, but not its programs if it was
-- fenced: a watchdog beside it has ended them before. gone means that a person has said so.
create table node (
    name varchar(100) primary key,
    incarnation uuid not null,
    started_at timestamp with time zone not null,
    renewed_at timestamp with time zone not null,
    lease_until timestamp with time zone not null,
    stopped_at timestamp with time zone,
    fenced boolean not null,
    gone boolean not null
);

-- A text sealed with the key that all nodes of this database must have.
create table secret_key_check (
    id integer primary key,
    sealed varchar(200) not null
);

-- purpose is TASK for what a task asked for; CHECK and CLEANUP come before a creation is repeated whose outcome is unknown.
alter table action add column purpose varchar(20) default 'TASK' not null;
alter table action add column cancel_requested_at timestamp with time zone;

create index detail_owner on detail (owner_id);
