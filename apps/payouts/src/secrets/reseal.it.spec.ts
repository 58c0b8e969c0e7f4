import { randomBytes } from 'node:crypto';
import { payoutsMethods, secretsOf } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { PayoutsConfig } from '../config';
import { owner, type Payouts, rival, startPayouts } from '../test/payouts';
import { Secrets } from './secrets';

const [now, before] = [1, 2].map(() => randomBytes(32).toString('base64')) as [string, string];
const secretsBy = (secretsKey: string): Secrets => new Secrets(Object.assign(new PayoutsConfig(), { secretsKey }));

describe('bank details that a former key has sealed', () => {
  let payouts: Payouts;
  beforeAll(async () => {
    payouts = await startPayouts('reseal', { SECRETS_KEY: now, SECRETS_KEY_BEFORE: before });
  });
  afterAll(() => payouts?.stop());

  const resealed = async (): Promise<Record<string, number>> => {
    const totals: Record<string, number> = {};
    for (let after: string | null | undefined; after !== null;) {
      const part = await payouts.bus.call(secretsOf('payouts').reseal, { after, by: 'sam' }, internalCaller());
      totals[part.column] = (totals[part.column] ?? 0) + part.resealed;
      after = part.next;
    }
    return totals;
  };

  it('are sealed with the current one, each for its account, and stay what they were', async () => {
    await payouts.addMethod();
    await payouts.addMethod('stripe', rival());
    const [newer, older] = [secretsBy(now), secretsBy(before)];
    const rows = await payouts.db.query<{ id: number; account_id: number; details: Buffer }>(
      'select id, account_id, details from payout_methods order by id',
    );
    for (const { id, account_id, details } of rows) {
      const plain = newer.unseal('details', account_id, details);
      await payouts.db.query('update payout_methods set details = $2, document = $3 where id = $1', [
        id,
        older.seal('details', account_id, plain),
        older.seal('documents', account_id, 'a document'),
      ]);
    }
    const mine = await payouts.bus.call(payoutsMethods.mine, {}, owner());
    expect(await resealed()).toEqual({
      'payout_methods.details': 2,
      'payout_methods.document': 2,
      'payouts.recipient': 0,
    });
    const after = await payouts.db.query<{ account_id: number; document: Buffer }>(
      'select account_id, document from payout_methods',
    );
    for (const { account_id, document } of after) {
      expect(newer.unseal('documents', account_id, document).toString()).toBe('a document');
    }
    expect(await payouts.bus.call(payoutsMethods.mine, {}, owner())).toEqual(mine);
    expect(Object.values(await resealed())).toEqual([0, 0, 0]);
  });
});
