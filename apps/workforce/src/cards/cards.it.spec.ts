import { workforceWorkers } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { owner, rival, startWorkforce, type Workforce } from '../test/workforce';

describe('a card held to a charger', () => {
  let workforce: Workforce;

  beforeAll(async () => (workforce = await startWorkforce('cards')));
  afterAll(() => workforce?.stop());
  beforeEach(() => workforce.empty());

  const held = (rfid: string, day?: string, accountId = 1) =>
    workforce.bus.call(workforceWorkers.byCard, { accountId, rfid, day }, internalCaller());
  const make: Workforce['make'] = (...args) => workforce.make(...args);

  it('names the worker, in any case and without an identity', async () => {
    const { id } = await make({ rfid: '04A1B2C3' });
    expect(await held('04a1b2c3')).toEqual({ state: 'known', worker: { id, name: 'John Doe' } });
  });

  it('is good through its last day', async () => {
    await make({ rfid: 'ABCD', expire_at: '2025-05-12' });
    expect((await held('ABCD', '2025-05-11')).state).toBe('known');
    expect((await held('ABCD', '2025-05-12')).state).toBe('known');
    expect((await held('ABCD', '2025-05-13')).state).toBe('expired');
    expect((await held('ABCD')).state).toBe('expired');
  });

  it('of a worker who is gone is told from one that nobody ever had', async () => {
    const { id } = await make({ rfid: 'ABCD' });
    await workforce.bus.call(workforceWorkers.remove, { id }, owner());
    expect(await held('ABCD')).toEqual({ state: 'removed', worker: { id, name: 'John Doe' } });
    expect(await held('ABCE')).toEqual({ state: 'unknown', worker: null });
    const heir = await make({ rfid: 'ABCD', first_name: 'Ann' });
    expect(await held('ABCD')).toEqual({ state: 'known', worker: { id: heir.id, name: 'Ann Doe' } });
  });

  it('is that of the worker who had it on the day of the session', async () => {
    const first = await make({ rfid: 'ABCD' });
    await workforce.db.query(`update workers set created_at = now() - interval '9 days'`);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await workforce.bus.call(workforceWorkers.remove, { id: first.id }, owner());
    expect(await held('ABCD', yesterday)).toMatchObject({ state: 'known', worker: { id: first.id } });
    const heir = await make({ rfid: 'ABCD', first_name: 'Ann' });
    expect(await held('ABCD', yesterday)).toMatchObject({ state: 'known', worker: { id: first.id } });
    expect(await held('ABCD')).toMatchObject({ state: 'known', worker: { id: heir.id } });
  });

  it('is that of its first holder where nobody had it on the day yet', async () => {
    const first = await make({ rfid: 'ABCD' });
    const day = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
    expect(await held('ABCD', day)).toMatchObject({ state: 'known', worker: { id: first.id } });
    await workforce.bus.call(workforceWorkers.remove, { id: first.id }, owner());
    await make({ rfid: 'ABCD', first_name: 'Ann' });
    expect(await held('ABCD', day)).toMatchObject({ state: 'known', worker: { id: first.id } });
  });

  it.each(['x', 'not a card at all', '1'.repeat(40)])('that no card can be is unknown: %s', async (rfid) => {
    expect(await held(rfid)).toEqual({ state: 'unknown', worker: null });
  });

  it('names the worker of the power center’s owner, never another’s', async () => {
    await make({ rfid: 'ABCD' });
    expect((await held('ABCD', undefined, 2)).state).toBe('unknown');
    const theirs = await make({ rfid: 'ABCD', first_name: 'Omar' }, rival());
    expect(await held('ABCD', undefined, 2)).toEqual({ state: 'known', worker: { id: theirs.id, name: 'Omar Doe' } });
    expect((await held('ABCD')).worker?.name).toBe('John Doe');
  });

  it('is listed with the others of its account as long as it may start sessions, newest first', async () => {
    const listed = (accountId: number, limit = 10) =>
      workforce.bus.call(workforceWorkers.cards, { accountId, limit }, internalCaller());
    const gone = await make({ rfid: 'AAAA', expire_at: '2099-05-12' });
    await make({ rfid: 'BBBB', expire_at: '2099-05-12' });
    await make({ rfid: 'CCCC', expire_at: '2099-06-01' });
    await make({ rfid: 'DDDD', expire_at: '2020-01-01' });
    await make({ rfid: 'EEEE', expire_at: '2099-05-12' }, rival());
    await workforce.bus.call(workforceWorkers.remove, { id: gone.id }, owner());
    const [newest, other] = [
      { rfid: 'CCCC', expire_at: '2099-06-01' },
      { rfid: 'BBBB', expire_at: '2099-05-12' },
    ];
    expect(await listed(1)).toEqual({ cards: [newest, other], total: 2 });
    expect(await listed(1, 1)).toEqual({ cards: [newest], total: 2 });
    expect(await listed(3)).toEqual({ cards: [], total: 0 });
    await expect(listed(1, 1e6)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('is published when it is issued, changed and revoked; other changes of a worker are not', async () => {
    const told = async () =>
      (
        await workforce.db.query<{ payload: object }>(
          `select payload from outbox where name like 'facts.workforce.cards.changed.%' order by id`,
        )
      ).map(({ payload }) => payload);
    const before = (await told()).length;
    const { id } = await make({ rfid: 'AAAA' });
    await workforce.bus.call(workforceWorkers.change, { id, first_name: 'Ann' }, owner());
    expect((await told()).slice(before)).toEqual([{ account_id: 1 }]);
    await workforce.bus.call(workforceWorkers.change, { id, expire_at: '2099-05-13' }, owner());
    await workforce.bus.call(workforceWorkers.remove, { id }, owner());
    expect((await told()).slice(before)).toHaveLength(3);
  });
});
