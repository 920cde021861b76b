-- Whether the action may have left something outside that only a deletion takes away, as its answer or its manifest says.
alter table action add column leaves boolean default false not null;
