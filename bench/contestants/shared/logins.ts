import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { Pool } from 'pg';
import { isStandIn } from '../../writes/password-stand-in';
import { two } from './amounts';
import { Attempts, hashed } from './attempts';
import { type Copies, POOL } from './settings';

export interface LoginAsked {
  readonly email: string;
  readonly password: string;
  readonly address: string;
}

/** A user with their account, as login answers it. */
export interface LoginUser {
  readonly id: number;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly contact_number: string;
  readonly country_id: number;
  readonly currency: string;
  readonly vat_id: string | null;
  readonly subscription_ends: string | null;
  readonly balance_usd: string;
  readonly usd_rate: string;
}

interface UserRow extends LoginUser {
  readonly account_id: number;
  readonly password_hash: string;
  readonly credential_version: number;
  readonly locked: boolean;
  readonly second_factor: boolean;
}

/** Seconds for which a token lives. */
export const TOKEN_SECONDS = 30 * 86_400;
export const DEVICE = 'Unknown device';
const PREMIUM = ['sustainability', 'admins', 'workers', 'fleets'];

const USER = `select u.id, u.account_id, u.email, u.password_hash, u.credential_version, u.first_name, u.last_name,
    u.contact_number, a.country_id, a.currency, a.vat_id, a.locked_at is not null as locked,
    case when a.subscription_ends >= current_date then a.subscription_ends::text end as subscription_ends,
    coalesce(b.balance_usd, 0) as balance_usd, coalesce(c.usd_rate, 1) as usd_rate,
    exists (select from totp_factors t where t.user_id = u.id and t.confirmed_at is not null)
      or exists (select from passkeys p where p.user_id = u.id) as second_factor
  from users u join accounts a on a.id = u.account_id
    left join account_balances b on b.account_id = a.id left join currencies c on c.code = a.currency
  where u.email = $1 and u.status <> 'removed'`;

/** The session, its token and the device in one statement, while the credentials are those that were checked. */
const BEGIN = `with held as (
    select id from users where id = $1 and credential_version = $2 and status = 'active' for share),
  begun as (
    insert into login_sessions (user_id, method, device, address, credential_version, ends_at)
    select id, 'password', $3, $4, $2, now() + interval '90 days' from held returning id),
  seen as (
    insert into known_devices (user_id, device, network) select id, $3, $5 from held
    on conflict (user_id, network, device) do update set last_seen_at = now())
  insert into sessions (id, user_id, issued_at, expires_at, login_session_id)
  select $6, $1, $7, $8, id from begun returning id`;

/** The answer, in the words of the API. */
export const loginView = (user: LoginUser, access_token: string) => ({
  data: {
    id: user.id,
    status: 1,
    customer_type: 'C',
    first_name: user.first_name,
    last_name: user.last_name,
    full_name: `${user.first_name} ${user.last_name}`.trim(),
    contact_number: user.contact_number,
    email: user.email,
    email_verified: 1,
    balance: two(Number(user.balance_usd) * Number(user.usd_rate)),
    isSubscribed: user.subscription_ends !== null,
    subscriptionFeatures: user.subscription_ends === null ? [] : PREMIUM,
    subscriptionEnds: user.subscription_ends,
    country_id: user.country_id,
    currency: user.currency,
    vat_id: user.vat_id,
    access_token,
  },
  success: 1,
  message: 'Done!',
  expires_in: TOKEN_SECONDS,
});

/** The security event of a login. */
export const loggedIn = (user: { readonly id: number; readonly account_id: number }, address: string) => ({
  security_event: {
    kind: 'login_succeeded',
    userId: user.id,
    accountId: user.account_id,
    address,
    device: DEVICE,
    requestId: randomUUID(),
    detail: 'password',
  },
});

/** A key for ES256: each contestant has its own. */
export const signingKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** Claims of a token that begins now. */
export function claimsOf(userId: number) {
  const iat = Math.floor(Date.now() / 1000);
  return { iss: 'open-cpo', iat, exp: iat + TOKEN_SECONDS, jti: randomUUID(), data: { user_id: userId, user_type: 1 } };
}

const HEAD = Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'JWT' })).toString('base64url');

/** Logins that keep what the platform keeps: counted attempts, session, token, device, security event. */
export class Logins {
  private readonly pool: Pool;
  private readonly attempts: Attempts;
  private readonly key = signingKey();

  constructor(copies: Copies) {
    this.pool = new Pool({ connectionString: copies.auth, max: POOL });
    this.attempts = new Attempts(copies);
  }

  /** The whole answer's JSON; empty when the login is refused. */
  async json({ email, password, address }: LoginAsked): Promise<string> {
    if (!(await this.attempts.spend(email, address))) return '';
    const { rows } = await this.pool.query<UserRow>({ name: 'user', text: USER, values: [email] });
    const [user] = rows;
    if (!user || !isStandIn(user.password_hash, password) || user.locked || user.second_factor) return '';
    const claims = claimsOf(user.id);
    const [issued, ends] = [claims.iat, claims.exp].map((seconds) => new Date(seconds * 1000));
    const network = Buffer.from(hashed(address));
    const values = [user.id, user.credential_version, DEVICE, address, network, claims.jti, issued, ends];
    const begun = await this.pool.query({ name: 'begin', text: BEGIN, values });
    if (begun.rows.length === 0) return '';
    await this.attempts.clear(email, address);
    process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...loggedIn(user, address) })}\n`);
    return JSON.stringify(loginView(user, this.signed(claims)));
  }

  private signed(claims: object): string {
    const text = `${HEAD}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    const signature = sign('sha256', Buffer.from(text), { key: this.key, dsaEncoding: 'ieee-p1363' });
    return `${text}.${signature.toString('base64url')}`;
  }
}
