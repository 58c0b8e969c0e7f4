# Read by the image of PostgreSQL when its volume is empty: a database and three roles for each service (docs/operations.md).
for service in auth stations workforce orders payouts notifications chargers; do
  psql -v ON_ERROR_STOP=1 -q -U postgres -d postgres \
    -v role="cpo_$service" -v owner="cpo_${service}_owner" -v callers="cpo_${service}_callers" \
    -v password="$(cat "/secrets/$service/password")" -v owner_password="$(cat "/secrets/$service-owner/password")" <<'SQL'
create role :"callers";
create role :"role" login bypassrls password :'password';
create role :"owner" login password :'owner_password';
grant :"callers" to :"role";
grant :"role" to :"owner";
create database :"role" owner :"owner" template template0 encoding 'UTF8' locale 'C.UTF-8';
revoke all on database :"role" from public;
\connect :"role"
create extension pg_trgm;
create extension btree_gist;
SQL
done
psql -v ON_ERROR_STOP=1 -q -U postgres -d postgres -c 'revoke all on database postgres, template1 from public'
