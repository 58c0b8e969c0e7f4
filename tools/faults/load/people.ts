import { HttpClient, OWNER } from '../../http/client';
import { StackError } from '../../stack/terminal';
import { type Client, json } from './client';

/** Logs the demo's first owner in and gives them a payout method. */
export async function ownerOf(anybody: Client): Promise<Client> {
  await anybody.balancer.asked;
  const owner = anybody.with(await HttpClient.tokenOf(anybody.balancer.next().url));
  const method = {
    fullname: 'Amina Haddad',
    userType: 'individual',
    address: '1 Main Street',
    TIN: '123-45-6789',
    id: '0501234567',
  };
  const added = await owner.ask('/api/payout-methods/add/stripe', {
    method: 'POST',
    body: { ...method, email: OWNER.email },
  });
  if (added.status !== 200)
    throw new StackError(`No payout method could be added: ${added.status} ${added.body.toString()}`);
  return owner;
}

/** Has every event of the owner's account told to an address. */
export async function webhookTo(url: string, owner: Client): Promise<void> {
  const made = await owner.ask('/api/webhooks', { method: 'POST', body: { url } });
  if (made.status >= 300) throw new StackError(`No webhook could be added: ${made.status} ${made.body.toString()}`);
}

/** Tokens of the power centers at which sessions can happen. */
export async function chargers(owner: Client): Promise<string[]> {
  const list = json<Record<string, { id: number }>>(await owner.ask('/api/charge-points')) ?? {};
  const tokens: string[] = [];
  for (const { id } of Object.values(list)) {
    const one = json<{ token: string; configured: number }>(await owner.ask(`/api/charge-points/${id}`));
    if (one?.configured === 1) tokens.push(one.token);
  }
  if (tokens.length === 0) throw new StackError('The demo has no power center where anybody could charge.');
  return tokens;
}
