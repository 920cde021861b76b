-- What is shown in place of a secret value; null for the mask. A URL with credentials is shown without them.
alter table detail add column shown text;

-- Names of details that any manifest has ever called secret.
create table secret_name (
    name varchar(255) primary key
);

-- The archive may have secrets in its files.
alter table extension_version_part add column sealed boolean default false not null;

-- Digests were made without a key, so a secret in a request could be guessed from them. An empty one fits every request.
update idempotency_key set request_digest = '';
