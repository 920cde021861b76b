-- Whether a version was brought without being made active, and has not been since.
alter table extension_version add column staged boolean default false not null;
