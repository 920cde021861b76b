-- Hosts whose VMs are run with another version of their extension than all others, to try it out.
create table extension_canary (
    extension_id uuid not null,
    host_id uuid not null references host (id) on delete cascade,
    digest varchar(64) not null,
    primary key (extension_id, host_id),
    foreign key (extension_id, digest) references extension_version (extension_id, digest) on delete cascade
);
create index extension_canary_host on extension_canary (host_id);
