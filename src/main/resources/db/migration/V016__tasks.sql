-- What people are asked by operations' diagrams. The id is the engine's; whose VM it is about never changes.
create table operation_task (
    id varchar(64) primary key,
    operation_id uuid not null references operation (id) on delete cascade,
    vm_id uuid not null,
    vm_owner_id uuid not null,
    vm_domain varchar(200) not null,
    requester_id uuid not null,
    requested_by varchar(63) not null,
    activity_id varchar(255) not null,
    name varchar(255) not null,
    description varchar(2000),
    four_eyes boolean not null,
    assignee varchar(255),
    state varchar(20) not null,
    created_at timestamp with time zone not null,
    ended_at timestamp with time zone,
    answered_by varchar(63)
);
create index operation_task_state on operation_task (state, created_at);
create index operation_task_operation on operation_task (operation_id, created_at);
create index operation_task_vm on operation_task (vm_id, created_at);
create index operation_task_assignee on operation_task (assignee, created_at);

-- By whom the diagram wants it answered: account:NAME, role:TYPE or domain:PATH.
create table operation_task_named (
    task_id varchar(64) not null references operation_task (id) on delete cascade,
    who varchar(300) not null,
    primary key (task_id, who)
);
create index operation_task_named_who on operation_task_named (who, task_id);

-- Who has answered what, where a step was a person's.
alter table operation_step add column answered_by varchar(63);
alter table operation_step add column answer varchar(8000);
alter table operation_step add column answer_comment varchar(2000);
