import { withClient } from '../environment/databases';
import { AccountUnderAttack, PASSWORD, Refusals, type SequenceTarget, verificationIn } from './account-under-attack';

/** Whoever invites an address gets nobody by it who did not accept: not by a reset, a login or a registration. */
export async function attackJoining(attacked: SequenceTarget): Promise<void> {
  const [inviting, home] = [await AccountUnderAttack.create(attacked), await AccountUnderAttack.create(attacked)];
  const owner = await inviting.token(await inviting.user('owner'));
  const invited = await home.user('owner');
  const { status } = await inviting.post('/api/members', { email: invited.email, role: 'viewer' }, owner);
  const refusals = new Refusals();
  const stays = async (what: string): Promise<void> => {
    const [row] = await rows(attacked, 'select account_id as account from users where id = $1', invited.id);
    const open = await rows(
      attacked,
      'select account_id as account from invitations where email = (select email from users where id = $1) and ended_at is null',
      invited.id,
    );
    refusals.expect(what, row?.account === home.id && open.length === 1);
  };
  const reset = await home.post('/api/v3/auth/password/reset', { email: invited.email });
  const verification_token = verificationIn(reset.text);
  const verification_code = await home.codeFor(invited);
  const changed = { verification_token, verification_code, password: 'Another-2027-river' };
  const entered = await home.post('/api/v3/auth/password/reset/verify', changed);
  await stays('a reset with a new password');
  await home.post('/api/v3/auth/login', { email: invited.email, password: changed.password });
  await stays('a login');
  const names = { first_name: 'A', last_name: 'B', country_id: 1 };
  await home.post('/api/v3/auth/register', { email: invited.email, password: PASSWORD, ...names });
  await stays('a registration');
  refusals.expect('the reset itself (control)', entered.status === 200 && status < 300);
  refusals.conclude('nobody joins an account without accepting', attacked.tally);
}

const rows = (attacked: SequenceTarget, text: string, id: number) =>
  withClient(attacked.database, async (database) => (await database.query<{ account: number }>(text, [id])).rows);
