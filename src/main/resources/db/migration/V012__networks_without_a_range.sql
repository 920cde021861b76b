-- A network without an IPv4 range: its NICs get their addresses from outside, or from what prepare answers.
alter table network alter column cidr drop not null;
alter table network alter column gateway drop not null;

-- Longer VNC passwords than eight characters are kept, sealed.
alter table vm alter column vnc_password set data type varchar(2000);

-- What a NIC's addresses were before prepare's patch, until the VM has been created or the patch is taken back.
create table nic_before_patch (
    nic_id uuid primary key references nic (id) on delete cascade,
    mac varchar(17) not null,
    ip varchar(39),
    ip6 varchar(39)
);
