import { chargersRefused, type ListRefused, type RefusedEntry } from '@open-cpo/contracts';
import { ConnectionRefused, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, rival, startChargers } from './test/chargers';

describe('what was refused', () => {
  let service: Chargers;
  let nextChargePoint = 600;

  beforeAll(async () => {
    service = await startChargers('charger_refused');
    CARDS.set('0BAD', 'expired').set('04A2', 'known');
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.db.query('truncate refused');
    await service.chargePoint(nextChargePoint);
  });

  const list = (input: ListRefused = {}, caller = owner()) => service.bus.call(chargersRefused.table, input, caller);
  const listed = async (input: ListRefused = {}): Promise<RefusedEntry[]> => (await list(input)).data;
  const enrol = (id: number, caller = owner()) => service.bus.call(chargersRefused.enrol, { id }, caller);
  const knock = (identity: string) =>
    service.connect({ identity, credential: { password: 'none' } } as never).catch((error: unknown) => error);

  it('of a power center without a charger is listed, and enrolled', async () => {
    const identity = `EV_CHARGER_${nextChargePoint}`;
    expect(await knock(identity)).toBeInstanceOf(ConnectionRefused);
    await knock(identity);
    await knock('unknown');
    const [entry, ...others] = await until(async () => {
      const found = await listed();
      return found.length > 0 ? found : undefined;
    }, 'the entry');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      ...{ kind: 'connection', name: identity, reason: 'unauthorized', address: '127.0.0.1' },
      ...{ charge_point_id: nextChargePoint, charger_id: null },
    });
    expect((await list({}, rival())).data).toEqual([]);
    const { id } = entry as RefusedEntry;
    await expect(enrol(id, rival())).rejects.toMatchObject({ code: 'forbidden' });
    const made = await enrol(id);
    expect(made).toMatchObject({ identity, charge_point_id: nextChargePoint });
    expect(await listed()).toEqual([]);
    (await service.connect(made)).terminate();
    await expect(enrol(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of a charger is listed, and not enrolled again', async () => {
    const charger = await service.make(nextChargePoint);
    await knock(charger.identity);
    const [entry] = await until(async () => {
      const found = await listed({ kind: 'connection' });
      return found.length > 0 ? found : undefined;
    }, 'the entry');
    expect(entry).toMatchObject({ charger_id: charger.id, reason: 'unauthorized' });
    await expect(enrol(entry?.id ?? 0)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of cards is listed until they are known, and hidden from those who may not see workers', async () => {
    const charger = await service.make(nextChargePoint);
    const socket = await service.connect(charger);
    for (const idTag of ['FFFF', '0BAD', '04A2']) await socket.call('Authorize', { idTag });
    const about = { kind: 'card', charger_id: charger.id, charge_point_id: nextChargePoint, times: 1 };
    const entries = await listed({ kind: 'card' });
    expect(entries).toEqual([
      expect.objectContaining({ ...about, name: '0BAD', reason: 'expired' }),
      expect.objectContaining({ ...about, name: 'FFFF', reason: 'unknown' }),
    ]);
    const viewer = owner();
    const hidden = { ...viewer, identity: { ...viewer.identity, scope: ['chargers'] } } as never;
    expect((await list({}, hidden)).data.map(({ name }) => name)).toEqual(['***', '***']);
    await expect(enrol(entries[0]?.id ?? 0)).rejects.toMatchObject({ code: 'conflict' });
    CARDS.set('FFFF', 'known');
    await socket.call('Authorize', { idTag: 'FFFF' });
    CARDS.delete('FFFF');
    expect((await listed()).map(({ name }) => name)).toEqual(['0BAD']);
    const page = await list({ itemsPerPage: 1 });
    expect(page.meta).toEqual({ per_page: 1, next: null });
    socket.terminate();
  });
});
