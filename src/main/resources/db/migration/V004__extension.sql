create table extension (
    id uuid primary key,
    name varchar(63) not null unique,
    description varchar(1000),
    type varchar(40) not null,
    directory varchar(1000) not null,
    path varchar(500) not null,
    enabled boolean not null,
    user_defined boolean not null,
    manifest text not null,
    created_at timestamp with time zone not null
);
alter table template add constraint template_extension foreign key (extension_id) references extension (id);
create index template_extension on template (extension_id);

create table resource_map (
    id uuid primary key,
    extension_id uuid not null references extension (id),
    cluster_id uuid not null unique references cluster (id),
    created_at timestamp with time zone not null
);
create index resource_map_extension on resource_map (extension_id);
