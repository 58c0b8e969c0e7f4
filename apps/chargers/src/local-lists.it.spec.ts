import {
  chargerCommands,
  chargerLimits,
  chargerLocalList,
  chargers,
  type LocalList,
  type NewCharger,
} from '@open-cpo/contracts';
import { SimulatedCharger, SimulatedStation, until } from '@open-cpo/testing';
import { LocalLists } from './lists/local-lists';
import { MessageLog } from './messages/message-log';
import { type Chargers, LISTED, owner, rival, startChargers, WORKFORCE } from './test/chargers';

type Json = Record<string, unknown>;

/** A list of cards as chargers keep it, of either version of the protocol. */
class CardList {
  version = 0;
  readonly cards = new Map<string, string | undefined>();
  /** What it answers instead. */
  status?: string;

  /** Has a charger of OCPP 1.6 keep it, with these settings. */
  of16({ answers }: SimulatedCharger, settings: Readonly<Record<string, string>> = {}): void {
    const configurationKey = Object.entries(settings).map(([key, value]) => ({ key, readonly: true, value }));
    answers.set('GetConfiguration', () => ({ configurationKey }));
    answers.set('GetLocalListVersion', () => ({ listVersion: this.version }));
    answers.set('SendLocalList', ({ listVersion, updateType, localAuthorizationList }) => {
      const entries = (localAuthorizationList ?? []) as { idTag: string; idTagInfo?: { expiryDate?: string } }[];
      const max = Number(settings.SendLocalListMaxLength ?? 1000);
      if (entries.length > max) return { status: 'Failed' };
      return this.take(
        Number(listVersion),
        updateType,
        entries.map(({ idTag, idTagInfo }) => [idTag, idTagInfo]),
      );
    });
  }

  of201({ charger: { answers } }: SimulatedStation): void {
    const names = { component: { name: 'LocalAuthListCtrlr' }, variable: { name: 'ItemsPerMessage' } };
    const getVariableResult = [{ ...names, attributeStatus: 'Accepted', attributeValue: '2' }];
    answers.set('GetVariables', () => ({ getVariableResult }));
    answers.set('GetLocalListVersion', () => ({ versionNumber: this.version }));
    answers.set('SendLocalList', ({ versionNumber, updateType, localAuthorizationList = [] }) => {
      const entries = localAuthorizationList as { idToken: Json; idTokenInfo?: { cacheExpiryDateTime?: string } }[];
      const changes = entries.map(({ idToken, idTokenInfo }) => {
        const info = idTokenInfo && { expiryDate: idTokenInfo.cacheExpiryDateTime };
        return [String(idToken.idToken), info] as const;
      });
      return this.take(Number(versionNumber), updateType, changes);
    });
  }

  private take(
    version: number,
    type: unknown,
    changes: readonly (readonly [string, { expiryDate?: string }?])[],
  ): Json {
    if (this.status) return { status: this.status };
    if (type === 'Differential' && version <= this.version) return { status: 'VersionMismatch' };
    if (type === 'Full') this.cards.clear();
    for (const [card, info] of changes) {
      if (info) this.cards.set(card, info.expiryDate);
      else this.cards.delete(card);
    }
    this.version = version;
    return { status: 'Accepted' };
  }
}

describe('the local list of a charger', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let list: CardList;
  let nextChargePoint = 700;

  beforeAll(async () => (service = await startChargers('charger_lists')));
  afterAll(() => service?.stop());
  beforeEach(async () => {
    LISTED.clear();
    WORKFORCE.available = true;
    list = new CardList();
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
  });
  afterEach(() => socket?.terminate());

  const lists = () => service.service.app.get(LocalLists);
  /** Connected for as long as it takes until something is asked. */
  const settle = (booted = false) =>
    service.db.query(
      `update chargers set connected_at = now() - interval '2 minutes',
         booted_at = case when $2 then now() - interval '61 seconds' else booted_at end where id = $1`,
      [charger.id, booted],
    );
  const connect = async () => {
    socket = await service.connect(charger);
    await settle();
    return socket;
  };
  const one = (): Promise<LocalList> => service.bus.call(chargerLocalList.one, { id: charger.id }, owner());
  const synced = (state: LocalList['state'], more: Partial<LocalList> = {}): Promise<LocalList> =>
    until(
      async () => {
        await lists().run();
        const now = await one();
        const fits = Object.entries({ state, ...more }).every(([key, value]) => now[key as keyof LocalList] === value);
        return fits ? now : undefined;
      },
      `the list to be ${state} ${JSON.stringify(more)}`,
    );
  const changed = () => service.publish('facts.workforce.cards.changed.1', { account_id: 1 });
  const sent = (action = 'SendLocalList') => socket.calls.filter((call) => call.action === action);

  it('has the cards of workers, each until the end of its last day, and follows them', async () => {
    LISTED.set('AAAA', '2030-05-12').set('BBBB', '2030-05-12').set('DEAD', '2020-01-01');
    list.of16(await connect());
    const first = await synced('current', { cards: 2, version: 1 });
    expect(first).toMatchObject({ left_out: 1, error: null, synced_at: expect.any(String) });
    // The power center is in Algiers.
    expect([...list.cards]).toEqual(['AAAA', 'BBBB'].map((card) => [card, '2030-05-12T23:00:00Z']));
    LISTED.delete('AAAA');
    LISTED.set('CCCC', '2031-01-01').set('BBBB', '2031-01-01');
    await changed();
    await synced('current', { version: 2 });
    expect([...list.cards.keys()].sort()).toEqual(['BBBB', 'CCCC']);
    expect(list.cards.get('BBBB')).toBe('2031-01-01T23:00:00Z');
    expect(sent().map(({ payload }) => payload.updateType)).toEqual(['Full', 'Differential']);
  });

  it('is sent in parts, with as many cards as have a place', async () => {
    for (let n = 0; n < 6; n += 1) LISTED.set(`AAA${n}`, '2030-05-12');
    list.of16(await connect(), { LocalAuthListMaxLength: '5', SendLocalListMaxLength: '2' });
    expect(await synced('current', { cards: 5 })).toMatchObject({ left_out: 1, max_cards: 5, version: 3 });
    expect(list.cards.size).toBe(5);
    expect(sent().map(({ payload }) => payload.updateType)).toEqual(['Full', 'Differential', 'Differential']);
  });

  it('is sent whole where the charger has another one, or lost it', async () => {
    LISTED.set('AAAA', '2030-05-12');
    list.of16(await connect());
    await synced('current', { version: 1 });
    // Lost while it was without power: the version shows it.
    list.cards.clear();
    list.version = 0;
    await service.db.query(`update local_lists set checked_at = now() - interval '10 minutes' where charger_id = $1`, [
      charger.id,
    ]);
    await settle(true);
    await until(async () => {
      await lists().run();
      return list.cards.size === 1;
    }, 'the list to be sent again');
    await synced('current');
    // Another system wrote it: the next change does not fit.
    list.version = 40;
    LISTED.set('BBBB', '2030-05-12');
    await changed();
    await synced('current', { version: 41 });
    expect([...list.cards.keys()]).toEqual(['AAAA', 'BBBB']);
  });

  it('is that of a charger of OCPP 2.0.1, too', async () => {
    for (const card of ['AAAA', 'BBBB', 'CCCC']) LISTED.set(card, '2030-05-12');
    const { url } = service;
    const { identity, credential } = charger;
    const station = await SimulatedStation.connect({ url, identity, password: credential.password });
    socket = station.charger;
    list.of201(station);
    await settle();
    await synced('current', { cards: 3, version: 2 });
    expect([...list.cards.values()]).toEqual(Array.from({ length: 3 }, () => '2030-05-12T23:00:00Z'));
    LISTED.clear();
    await changed();
    await synced('current', { cards: 0 });
    expect(list.cards.size).toBe(0);
  });

  it('lets nobody in who has no card: without cards nothing is asked', async () => {
    await connect();
    await synced('current', { cards: 0, version: null });
    expect(socket.calls).toEqual([]);
  });

  it('is none where the charger has no lists, until it has started anew', async () => {
    LISTED.set('AAAA', '2030-05-12');
    await connect();
    await synced('unsupported', { version: null });
    expect(socket.calls.map(({ action }) => action)).toEqual(['GetConfiguration', 'GetLocalListVersion']);
    await lists().run();
    expect(socket.calls).toHaveLength(2);
    list.of16(socket);
    await service.db.query(`update local_lists set checked_at = now() - interval '10 minutes' where charger_id = $1`, [
      charger.id,
    ]);
    await settle(true);
    await synced('current', { cards: 1 });
  });

  it('is not sent where the setting of the charger says so', async () => {
    LISTED.set('AAAA', '2030-05-12');
    list.of16(await connect(), { LocalAuthListEnabled: 'false' });
    await synced('disabled');
    expect(sent()).toEqual([]);
    list.of16(socket, { LocalAuthListEnabled: 'true' });
    expect(await service.bus.call(chargerLocalList.send, { id: charger.id }, owner())).toMatchObject({ cards: 0 });
    await synced('current', { cards: 1 });
  });

  it('that is refused is tried again later', async () => {
    LISTED.set('AAAA', '2030-05-12');
    list.of16(await connect());
    list.status = 'Failed';
    const failing = await synced('failing', { error: 'Failed' });
    expect(Date.parse(failing.next_at ?? '')).toBeGreaterThan(Date.now());
    list.status = undefined;
    await service.db.query('update local_lists set next_at = now() where charger_id = $1', [charger.id]);
    await synced('current', { cards: 1 });
  });

  it('waits while the cards cannot be asked for', async () => {
    LISTED.set('AAAA', '2030-05-12');
    list.of16(await connect());
    WORKFORCE.available = false;
    await expect(lists().run()).rejects.toMatchObject({ code: 'service_unavailable' });
    WORKFORCE.available = true;
    await synced('current', { cards: 1 });
  });

  it('of one charger that cannot be looked at does not stop the others', async () => {
    LISTED.set('AAAA', '2030-05-12');
    const [broken, brokenSocket] = [charger, await connect()];
    list.of16(brokenSocket);
    await service.db.query(`update charge_points set time_zone = 'Nowhere' where id = $1`, [nextChargePoint]);
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    list.of16(await connect());
    await service.db.query(`update local_lists set next_at = now() - interval '1 hour' where charger_id = $1`, [
      broken.id,
    ]);
    await synced('current', { cards: 1 });
    expect(
      await service.db.query('select 1 from local_lists where charger_id = $1 and next_at > now()', [broken.id]),
    ).toHaveLength(1);
    brokenSocket.terminate();
  });

  /** Commands of a list that the charger has not answered, by state. */
  const openCommands = (...states: string[]) =>
    service.db.query(
      `insert into commands (charger_id, account_id, type, request, state, expires_at)
       select $1, 1, 'local_list', '{"version": 1, "full": true, "entries": [{"card": "AAAA"}]}', state, now() + interval '1 hour'
       from unnest($2::text[]) state`,
      [charger.id, states],
    );
  const kept = () =>
    service.db.query('select state, request from commands where charger_id = $1 order by state', [charger.id]);
  const stripped = [
    { state: 'failed', request: { version: 1, full: true, cards: 1 } },
    { state: 'sent', request: { version: 1, full: true, cards: 1 } },
  ];

  it('leaves no cards in commands that are open when it is sent anew or switched off', async () => {
    for (const local_list of [false, true]) {
      await openCommands('queued', 'sent');
      await service.bus.call(chargers.change, { id: charger.id, local_list }, owner());
      expect(await kept()).toEqual(stripped);
      await service.db.query('delete from commands where charger_id = $1', [charger.id]);
    }
    await openCommands('queued', 'sent');
    await service.bus.call(chargers.remove, { id: charger.id }, owner());
    expect(await kept()).toEqual(stripped);
  });

  it('leaves nothing of a charger that is gone with its power center', async () => {
    await openCommands('queued', 'sent');
    await service.bus.call(chargerLimits.change, { id: charger.id, connector: 1, amperes: 16 }, owner());
    await service.db.query('update current_limits set generation = 0 where charger_id = $1', [charger.id]);
    await service.publish(`facts.stations.charge-points.removed.${nextChargePoint}`, {
      id: nextChargePoint,
      account_id: 1,
    });
    const gone = () =>
      service.db.query('select 1 from chargers where id = $1 and deleted_at is not null', [charger.id]);
    await until(async () => (await gone()).length > 0, 'the charger to be gone');
    await service.service.app.get(MessageLog).tidy();
    expect(await kept()).toEqual(stripped);
    for (const table of ['local_lists', 'current_limits']) {
      expect(await service.db.query(`select 1 from ${table} where charger_id = $1`, [charger.id])).toEqual([]);
    }
  });

  it('is not sent to a charger for which it is off', async () => {
    LISTED.set('AAAA', '2030-05-12');
    list.of16(await connect());
    await service.bus.call(chargers.change, { id: charger.id, local_list: false }, owner());
    await lists().run();
    expect(await one()).toMatchObject({ state: 'off', cards: 0 });
    await expect(service.bus.call(chargerLocalList.send, { id: charger.id }, owner())).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(socket.calls).toEqual([]);
    await service.bus.call(chargers.change, { id: charger.id, local_list: true }, owner());
    await synced('current', { cards: 1 });
  });

  it('is shown with its commands without cards, and to its account alone', async () => {
    LISTED.set('04AABBCC', '2030-05-12');
    list.of16(await connect());
    await synced('current');
    await service.service.app.get(MessageLog).flush();
    const { data } = await service.bus.call(chargerCommands.table, { id: charger.id }, owner());
    const [command] = data;
    expect(command).toMatchObject({ type: 'local_list', request: { version: 1, full: true, cards: 1 }, user_id: null });
    const kept = await service.db.query(
      `select 1 from commands c where charger_id = $1 and c::text like '%04AABBCC%'`,
      [charger.id],
    );
    expect(kept).toEqual([]);
    for (const operation of [chargerLocalList.one, chargerLocalList.send]) {
      const asked = service.bus.call(operation, { id: charger.id }, rival());
      await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
    }
  });
});
