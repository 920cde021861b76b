-- Whether a VM was ever created outside: Never, Unclear, Leftovers, Created.
alter table vm add column creation varchar(20) default 'Never' not null;
-- Where a person wanted it; cluster_id and host_id are where it is or was placed.
alter table vm add column wished_cluster_id uuid;
alter table vm add column wished_host_id uuid;

update vm set creation = 'Created'
where live_name is not null
  and (deployed = true or exists (
        select 1 from action made where made.vm_id = vm.id and made.verb = 'deploy' and made.state = 'SUCCEEDED'))
  and not exists (
        select 1 from action gone where gone.vm_id = vm.id and gone.verb = 'delete' and gone.state = 'SUCCEEDED'
           and not exists (
                select 1 from action again where again.vm_id = vm.id and again.verb = 'deploy' and again.state = 'SUCCEEDED'
                   and again.requested_at > gone.requested_at));

-- An action that is under way is judged when it ends.
update vm set creation = 'Unclear'
where live_name is not null and creation = 'Never'
  and exists (
        select 1 from action tried where tried.vm_id = vm.id and tried.verb = 'deploy' and tried.started_at is not null
           and tried.state in ('FAILED', 'CANCELLED')
           and coalesce(tried.error_code, '') not in ('not-started', 'not-run', 'not-executable')
           and not exists (
                select 1 from action later where later.vm_id = vm.id and later.requested_at > tried.requested_at
                   and (later.verb = 'delete' and later.state = 'SUCCEEDED'
                     or later.verb = 'deploy' and later.state in ('SUCCEEDED', 'REFUSED'))));

-- What was wished for is not known of these any more, so that where they are counts as wished for.
update vm set wished_cluster_id = cluster_id, wished_host_id = host_id where creation <> 'Created';

update vm set state = 'Error', state_reason = 'It was never created: deploy it again or delete it'
where live_name is not null and creation <> 'Created' and state in ('Running', 'Stopped');

alter table vm drop column deployed;

-- ground is the state that the VM goes back to when the operation ends without having recorded one.
alter table operation add column ground varchar(20);
-- Whether it goes on whatever the extension says.
alter table operation add column forced boolean default false not null;
-- Whether the recorded error is one of the task that asked what the operation is for.
alter table operation add column error_own boolean default false not null;

-- What names of VMs begin with for extensions. A home that has VMs keeps the scheme that it has.
create table installation (
    id integer primary key,
    vm_prefix varchar(16) not null
);
insert into installation (id, vm_prefix) select 1, 'i' where exists (select 1 from vm);
