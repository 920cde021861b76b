-- goal is the state the operation ends in once the last of its programs has ended.
-- active_vm_id is the VM while the operation is unfinished and null afterwards: one operation at a time per VM.
create table operation (
    id uuid primary key,
    vm_id uuid not null references vm (id),
    active_vm_id uuid unique,
    verb varchar(100) not null,
    state varchar(20) not null,
    actor_id uuid not null,
    actor_name varchar(63) not null,
    actor_role varchar(20) not null,
    actor_domain varchar(200) not null,
    requested_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    waiting_for varchar(500),
    cancel_reason varchar(500),
    goal varchar(20),
    error_code varchar(100),
    error_message varchar(4000),
    process_instance_id varchar(64),
    parameters text not null
);
create index operation_vm on operation (vm_id, requested_at);
create index operation_requested on operation (requested_at, id);

create table idempotency_key (
    account_id uuid not null,
    idem_key varchar(255) not null,
    request_digest varchar(64) not null,
    operation_id uuid not null references operation (id),
    created_at timestamp with time zone not null,
    primary key (account_id, idem_key)
);

create table operation_step (
    id uuid primary key,
    operation_id uuid not null references operation (id),
    activity_id varchar(255) not null,
    name varchar(255) not null,
    state varchar(20) not null,
    note varchar(2000),
    started_at timestamp with time zone not null,
    ended_at timestamp with time zone
);
create index operation_step_operation on operation_step (operation_id);

create table action (
    id uuid primary key,
    operation_id uuid not null references operation (id),
    vm_id uuid not null references vm (id),
    vm_name varchar(63) not null,
    host_id uuid,
    verb varchar(100) not null,
    wire_verb varchar(100) not null,
    state varchar(20) not null,
    attempt integer not null,
    activity_id varchar(255) not null,
    activity_name varchar(255) not null,
    execution_id varchar(64) not null,
    activity_instance_id varchar(255) not null,
    not_run_because varchar(2000),
    extension_id uuid not null,
    extension_name varchar(63) not null,
    program varchar(1000) not null,
    digest varchar(64),
    actor_id uuid not null,
    actor_name varchar(63) not null,
    actor_role varchar(20) not null,
    node varchar(100) not null,
    timeout_seconds integer not null,
    requested_at timestamp with time zone not null,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    exit_code integer,
    error_code varchar(100),
    error_message varchar(4000),
    payload text,
    answer text,
    output text,
    error_output text,
    output_bytes bigint,
    error_output_bytes bigint,
    notes text,
    sealed_answer text
);
create index action_requested on action (requested_at, id);
create index action_operation on action (operation_id, requested_at);
create index action_vm on action (vm_id, requested_at);
create index action_state on action (state);
