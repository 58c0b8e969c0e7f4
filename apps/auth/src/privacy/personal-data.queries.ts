/** One row an object: its section, and the object as JSON. Secrets and keyed hashes are not among them. */
const section = (name: string, columns: string, from: string): string =>
  `select '${name}'::text as section, to_jsonb(r)::text as data from (select ${columns} from ${from}) r`;

/**
 * Everything that auth holds of a user ($1), behind row-level security of their account. E-mails are not in it: the
 * person has them.
 */
export const PERSONAL_DATA = [
  section(
    'user',
    `id, account_id, email, first_name, last_name, contact_number, language, role, status, created_at`,
    'users where id = $1',
  ),
  section(
    'account',
    'a.id, a.country_id, a.currency, a.vat_id, a.subscription_ends, a.created_at',
    `accounts a join users u on u.account_id = a.id where u.id = $1 and u.role = 'owner'`,
  ),
  section(
    'session',
    'id, method, device, address, started_at, last_used_at, ends_at, ended_at',
    'login_sessions where user_id = $1 order by id',
  ),
  section('device', 'imei, push_token, seen_at', 'devices where user_id = $1 order by id'),
  section('known device', 'device, first_seen_at, last_seen_at', 'known_devices where user_id = $1 order by id'),
  section('passkey', 'id, name, backed_up, created_at, last_used_at', 'passkeys where user_id = $1 order by id'),
  section('authenticator app', 'confirmed_at', 'totp_factors where user_id = $1 and confirmed_at is not null'),
  section('api key', 'id, name, created_at, last_used_at, revoked_at', 'api_keys where created_by = $1 order by id'),
  section(
    'invitation',
    'i.id, i.email, i.role, i.created_at, i.expires_at, i.ended_at',
    'invitations i where i.email = (select email from users where id = $1) or i.invited_by = $1 order by i.id',
  ),
  section('deletion', 'requested_at, due_at, blocked_by', 'user_deletions where user_id = $1'),
  section(
    'audit entry',
    'id, at, action, subject, subject_id, before, after',
    `audit_entries where user_id = $1 or (subject in ('user', 'member') and subject_id = $1::text) order by id`,
  ),
].join(' union all ');
