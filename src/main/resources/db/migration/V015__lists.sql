-- Whose VM it is about, as in vm, where neither ever changes: what a tenant may see is then found by an index.
alter table operation add column vm_owner_id uuid;
alter table operation add column vm_domain varchar(200);
update operation set vm_owner_id = (select owner_id from vm where vm.id = operation.vm_id),
                     vm_domain = (select domain from vm where vm.id = operation.vm_id);
alter table operation alter column vm_owner_id set not null;
alter table operation alter column vm_domain set not null;

alter table action add column vm_owner_id uuid;
alter table action add column vm_domain varchar(200);
update action set vm_owner_id = (select owner_id from vm where vm.id = action.vm_id),
                  vm_domain = (select domain from vm where vm.id = action.vm_id);
alter table action alter column vm_owner_id set not null;
alter table action alter column vm_domain set not null;

-- The business key that was given where its process was started in the engine.
alter table operation add column business_key varchar(255);

-- The VM that an entry is about, also where its subject is something else, such as an operation.
alter table history add column vm_id uuid;
update history set vm_id = cast(subject_id as uuid) where subject_type = 'vm';
update history set vm_id = (select vm_id from operation where operation.id = cast(history.subject_id as uuid))
where subject_type = 'operation';

-- Every filter of a list leads an index that has the list's order behind it, so that a page ends early. A list that is
-- not narrowed by state is read state by state.
create index operation_verb on operation (verb, state, requested_at);
create index operation_state on operation (state, requested_at);
create index operation_actor on operation (actor_name, requested_at);
create index operation_owner on operation (vm_owner_id, state, requested_at);
create index operation_domain on operation (vm_domain, state, requested_at);
create index operation_business_key on operation (business_key, requested_at);
create index operation_process on operation (process_instance_id);

drop index action_state;
create index action_verb on action (verb, state, requested_at);
create index action_state on action (state, requested_at);
create index action_actor on action (actor_name, requested_at);
create index action_owner on action (vm_owner_id, state, requested_at);
create index action_domain on action (vm_domain, state, requested_at);

create index vm_state on vm (state, created_at);
create index vm_power_state on vm (power_state, state, created_at);
create index vm_name on vm (name, created_at);
create index vm_of_cluster on vm (cluster_id, state, created_at);
create index vm_on_host on vm (host_id, state, created_at);
create index vm_of_template on vm (template_id, state, created_at);
create index vm_of_owner on vm (owner_id, state, created_at);
create index vm_domain on vm (domain, state, created_at);

drop index history_subject;
create index history_at on history (at, seq);
create index history_kind on history (kind, at);
create index history_actor on history (actor_name, at);
create index history_subject_type on history (subject_type, at);
create index history_subject on history (subject_id, at);
create index history_subject_name on history (subject_name, at);
create index history_vm on history (vm_id, at);
