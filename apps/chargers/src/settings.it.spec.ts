import { type ChargerCommand, chargerCommands, chargers, type NewCharger, type SendCommand } from '@open-cpo/contracts';
import { asUser, type SimulatedCharger, until } from '@open-cpo/testing';
import { StandardSettings } from './commands/standard-settings';
import { MessageLog } from './messages/message-log';
import { type Chargers, owner, startChargers } from './test/chargers';

describe('settings of chargers', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let nextChargePoint = 300;

  beforeAll(async () => (service = await startChargers('charger_settings')));
  afterAll(() => service?.stop());
  beforeEach(async () => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    charger = await service.make(nextChargePoint);
    socket = await service.connect(charger);
  });
  afterEach(() => socket.terminate());

  const send = (input: Omit<SendCommand, 'id'>): Promise<ChargerCommand> =>
    service.bus.call(chargerCommands.send, { id: charger.id, ...input }, owner());
  const settled = ({ id }: ChargerCommand): Promise<ChargerCommand> =>
    until(async () => {
      const input = { id: charger.id, command_id: id };
      const command = await service.bus.call(chargerCommands.one, input, owner());
      return ['queued', 'sent'].includes(command.state) ? undefined : command;
    }, 'the command to be settled');
  const settings = async () =>
    (await service.bus.call(chargerCommands.configuration, { id: charger.id }, owner())).settings.map(({ key }) => key);
  const tells = (...keys: readonly string[]) =>
    socket.answers.set('GetConfiguration', () => ({
      configurationKey: keys.map((key) => ({ key, readonly: true, value: '1' })),
    }));

  it('are forgotten when a charger tells others, and not when it tells none that can be read', async () => {
    tells('A', 'B');
    await settled(await send({ type: 'read_configuration' }));
    socket.answers.set('GetConfiguration', () => ({ configurationKey: 'x' }));
    await settled(await send({ type: 'read_configuration' }));
    expect(await settings()).toEqual(['A', 'B']);
    tells('B', 'C');
    await settled(await send({ type: 'read_configuration' }));
    expect(await settings()).toEqual(['B', 'C']);
  });

  it('are kept as they were asked for, up to a number, until the charger is removed', async () => {
    tells('HEARTBEAT', 'heartbeat', 'Heartbeat');
    await settled(await send({ type: 'read_configuration', key: 'heartbeat' }));
    expect(await settings()).toEqual(['heartbeat']);
    await service.db.query(
      `insert into settings (charger_id, key, readonly, secret, read_at)
       select $1, 'old ' || n, true, false, now() - interval '1 day' from generate_series(1, 600) n`,
      [charger.id],
    );
    await settled(await send({ type: 'read_configuration', key: 'heartbeat' }));
    const count = async () =>
      (
        await service.db.query<{ n: number }>(
          `select count(*)::int as n, bool_or(key = 'heartbeat') as asked from settings where charger_id = $1`,
          [charger.id],
        )
      )[0];
    expect(await count()).toEqual({ n: 500, asked: true });
    await service.bus.call(chargers.remove, { id: charger.id }, owner());
    expect(await count()).toEqual({ n: 0, asked: null });
  });

  it('show a card to those alone who may see workers', async () => {
    const configurationKey = [{ key: 'FreevendIdTag', readonly: false, value: 'FREE7' }];
    socket.answers
      .set('GetConfiguration', () => ({ configurationKey }))
      .set('ChangeConfiguration', () => ({ status: 'Accepted' }));
    await settled(await send({ type: 'read_configuration' }));
    await settled(await send({ type: 'configure', key: 'FreevendIdTag', value: 'FREE7' }));
    await service.service.app.get(MessageLog).flush();
    const keyed = asUser({ accountId: 1, userId: 11, scope: ['chargers'] });
    const all = async (caller: ReturnType<typeof owner>) =>
      Promise.all([
        service.bus.call(chargerCommands.configuration, { id: charger.id }, caller),
        service.bus.call(chargerCommands.table, { id: charger.id }, caller),
        service.bus.call(chargers.messages, { id: charger.id }, caller),
      ]);
    for (const one of await all(owner())) expect(JSON.stringify(one)).toContain('FREE7');
    expect(JSON.stringify(await all(keyed))).not.toContain('FREE7');
  });

  describe('that the platform needs', () => {
    const looked = async (): Promise<number> => {
      await service.db.query(
        `update chargers set connected_at = connected_at - interval '3 minutes', settings_due_at = null where id = $1`,
        [charger.id],
      );
      const asked = await service.service.app.get(StandardSettings).run();
      await until(async () => {
        const { data } = await service.bus.call(chargerCommands.table, { id: charger.id }, owner());
        return data.every(({ state }) => !['queued', 'sent'].includes(state));
      }, 'the answers');
      return asked;
    };
    const called = (action: string) =>
      socket.calls.filter((one) => one.action === action).map(({ payload }) => payload);

    it('are not those that the owner has set', async () => {
      await socket.boot();
      socket.answers.set('ChangeConfiguration', () => ({ status: 'Accepted' }));
      socket.answers.set('GetConfiguration', () => ({
        configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '60' }],
      }));
      await settled(await send({ type: 'configure', key: 'HeartbeatInterval', value: '60' }));
      expect([await looked(), await looked(), await looked()]).toEqual([1, 1, 0]);
      expect(called('GetConfiguration')).toEqual([{ key: ['HeartbeatInterval'] }, { key: ['MeterValuesSampledData'] }]);
      expect(called('ChangeConfiguration')).toEqual([{ key: 'HeartbeatInterval', value: '60' }]);
    });

    it('are those of the version of the connection', async () => {
      socket.terminate();
      socket = await service.connect(charger, { protocols: ['ocpp2.0.1'] });
      const chargingStation = { vendorName: 'Example', model: 'Wallbox' };
      await socket.call('BootNotification', { reason: 'PowerUp', chargingStation });
      const about = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
      const result = { attributeStatus: 'Accepted', ...about };
      socket.answers.set('GetVariables', () => ({ getVariableResult: [{ ...result, attributeValue: '10' }] }));
      socket.answers.set('SetVariables', () => ({ setVariableResult: [result] }));
      expect([await looked(), await looked()]).toEqual([1, 1]);
      expect(called('SetVariables')).toEqual([{ setVariableData: [{ ...about, attributeValue: '300' }] }]);
      expect((await service.bus.call(chargerCommands.configuration, { id: charger.id }, owner())).settings).toEqual([
        expect.objectContaining({ key: 'OCPPCommCtrlr.HeartbeatInterval', value: '300' }),
      ]);
    });
  });
});
