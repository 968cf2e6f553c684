-- A role for web servers and workers that cannot change the schema, nor what the audit says. Run it with psql as the
-- role that migrates, after the first migration; tables of later migrations are covered. Then give it a password, and
-- web and workers a DATABASE_URL with it; migrations keep the owner's.
create role tablewright_app login;

grant usage on schema public, pgboss to tablewright_app;
grant select, insert, update, delete on all tables in schema public, pgboss to tablewright_app;
grant usage, select on all sequences in schema public, pgboss to tablewright_app;
alter default privileges in schema public grant select, insert, update, delete on tables to tablewright_app;
alter default privileges in schema public grant usage, select on sequences to tablewright_app;
alter default privileges in schema pgboss grant select, insert, update, delete on tables to tablewright_app;
alter default privileges in schema pgboss grant usage, select on sequences to tablewright_app;

revoke update, delete on audit_event, audit_seal from tablewright_app;
revoke insert, update, delete on _prisma_migrations from tablewright_app;
