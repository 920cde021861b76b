-- What an operation waits for, each for itself; it is WAITING while there is any. The visit tells one from another.
create table operation_wait (
    operation_id uuid not null references operation (id) on delete cascade,
    visit varchar(400) not null,
    reason varchar(500) not null,
    since timestamp with time zone not null,
    primary key (operation_id, visit)
);

-- Which of several visits of one activity, such as one task for each of several people.
alter table operation_step add column visit varchar(400);

-- Whether the recorded error is one that the diagram has caught; what is refused while it cleans up does not outweigh it.
alter table operation add column error_caught boolean default false not null;

-- The topics whose external tasks an account of the role Worker may work on.
create table account_topic (
    account_id uuid not null references account (id) on delete cascade,
    topic varchar(255) not null,
    primary key (account_id, topic)
);
