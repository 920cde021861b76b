-- digest and listing are those of the files that nodes run; null until a node has seen them. managed: the files are those of a
-- version below, which every node unpacks for itself; otherwise each node has a folder of its own. rollout counts how often
-- nodes were told to unpack the version anew.
alter table extension add column digest varchar(64);
alter table extension add column listing text;
alter table extension add column managed boolean default false not null;
alter table extension add column rollout bigint default 0 not null;

create table extension_version (
    extension_id uuid not null references extension (id) on delete cascade,
    digest varchar(64) not null,
    version varchar(50) not null,
    files integer not null,
    bytes bigint not null,
    manifest text not null,
    listing text not null,
    created_by varchar(63) not null,
    created_at timestamp with time zone not null,
    primary key (extension_id, digest)
);

-- The zip archive of a version, in parts, since drivers hold a column's value in memory.
create table extension_version_part (
    extension_id uuid not null,
    digest varchar(64) not null,
    num integer not null,
    content bytea not null,
    primary key (extension_id, digest, num),
    foreign key (extension_id, digest) references extension_version (extension_id, digest) on delete cascade
);

-- What a node found at its last look.
create table extension_readiness (
    extension_id uuid not null references extension (id) on delete cascade,
    node varchar(100) not null,
    ready boolean not null,
    reason varchar(2000),
    digest varchar(64),
    checked_at timestamp with time zone not null,
    primary key (extension_id, node)
);
