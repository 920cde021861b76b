-- definition has everything but the details, as JSON. enabled_by_hand: a person has set enabled, so a manifest no longer does.
create table custom_action (
    id uuid primary key,
    extension_id uuid not null references extension (id),
    name varchar(100) not null,
    definition text not null,
    enabled boolean not null,
    enabled_by_hand boolean not null,
    from_manifest boolean not null,
    created_at timestamp with time zone not null,
    unique (extension_id, name)
);

-- The secret ones of an operation's parameters are kept sealed until it ends; in parameters they are masked.
alter table operation add column custom_action varchar(100);
alter table operation add column sealed_parameters text;

alter table action add column result text;
