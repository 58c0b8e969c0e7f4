import { Injectable } from '@nestjs/common';
import type { Caller } from '@open-cpo/contracts';
import { acrossAccounts, Transactions } from '@open-cpo/persistence';
import { deviceNetwork } from '@open-cpo/platform';
import { Secrets } from '../secrets/secrets';
import { deviceOf } from './device-family';

const HAS_ANY = 'select 1 from known_devices where user_id = $1 limit 1';
const REMEMBER = `
  insert into known_devices (user_id, device, network) values ($1, $2, $3)
  on conflict (user_id, network, device) do update set last_seen_at = now()
  returning (xmax = 0) as added`;
// One statement for known and unknown addresses alike.
const KNOWS_NETWORK = acrossAccounts(
  'asked at a login, before there is an account',
  `select 1 from users u join known_devices k on k.user_id = u.id
  where u.email = $1 and u.status = 'active' and k.network = $2 limit 1`,
  'known-devices.knows-network',
);

/** Devices and networks that users have logged in from. */
@Injectable()
export class KnownDevices {
  constructor(
    private readonly transactions: Transactions,
    private readonly secrets: Secrets,
  ) {}

  /** What stands for the caller's network, an IPv4 /24 or IPv6 /64. */
  networkOf({ ip }: Caller): Buffer {
    return this.secrets.mac('networks', ip ? deviceNetwork(ip) : '');
  }

  /** Notes where a login came from. True when it is a new place, and not the first one. Part of a transaction. */
  async remember(userId: number, caller: Caller): Promise<boolean> {
    const some = await this.transactions.query(HAS_ANY, [userId], 'known-devices.has-any');
    const values = [userId, deviceOf(caller), this.networkOf(caller)];
    const row = await this.transactions.first<{ added: boolean }>(REMEMBER, values, 'known-devices.remember');
    return some.length > 0 && row?.added === true;
  }

  /** Whether the owner of the address has logged in from the caller's network. */
  async knowsNetwork(email: string, caller: Caller): Promise<boolean> {
    if (!caller.ip) return false;
    const values = [email, this.networkOf(caller)];
    return (await this.transactions.firstAcrossAccounts(KNOWS_NETWORK, values)) !== undefined;
  }
}
