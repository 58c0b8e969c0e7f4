import { v201 } from '@open-cpo/ocpp';
import type { SimulatedStation } from '@open-cpo/testing';
import { obeyStation } from './commanded-201';

/** A charger of OCPP 2.0.1 without a connection, that notes what it sends. */
function station() {
  const sent: unknown[] = [];
  const note = async (...what: unknown[]) => void sent.push(what);
  const answers = new Map<string, (payload: object) => object | undefined>();
  const commanded = {
    begin: jest.fn(() => true),
    end: jest.fn(() => false),
    restart: jest.fn(),
    reserve: jest.fn(() => true),
    unreserve: jest.fn(() => true),
  };
  obeyStation({ charger: { answers }, status: note, call: note } as unknown as SimulatedStation, commanded);
  /** Sends a command as the platform does. */
  const ask = (command: Parameters<typeof v201.commandCall>[0]) => {
    const { action, payload } = v201.commandCall(command, { id: 1, transaction: 'a-7' });
    return v201.commandAnswer(command, { ...answers.get(action)?.(payload) });
  };
  return { sent, commanded, ask };
}

describe('the simulated charger of OCPP 2.0.1, on a command,', () => {
  beforeEach(() => jest.spyOn(process.stdout, 'write').mockReturnValue(true));
  afterEach(() => jest.restoreAllMocks());

  it('begins and ends sessions, and restarts', async () => {
    const { commanded, ask } = station();
    expect(ask({ type: 'start', connector: 1, tag: 'A' })).toMatchObject({ status: 'Accepted' });
    expect(ask({ type: 'stop', transaction: 7 })).toMatchObject({ status: 'Rejected' });
    expect([commanded.begin, commanded.end].map(({ mock }) => mock.calls as unknown)).toEqual([[['A']], [['a-7']]]);
    expect(ask({ type: 'reset', hard: true })).toMatchObject({ status: 'Accepted' });
    expect(ask({ type: 'unlock', connector: 1 })).toMatchObject({ status: 'Unlocked', accepted: true });
    await new Promise(setImmediate);
    expect(commanded.restart).toHaveBeenCalledTimes(1);
  });

  it('has settings', async () => {
    const { ask, sent } = station();
    const key = 'OCPPCommCtrlr.HeartbeatInterval';
    expect(ask({ type: 'configure', key, value: '60' })).toMatchObject({ accepted: true });
    expect(ask({ type: 'configure', key: 'Display.Colour', value: 'red' })).toMatchObject({
      status: 'UnknownVariable',
    });
    expect(ask({ type: 'read_configuration', key })).toMatchObject({ configuration: [{ key, value: '60' }] });
    expect(ask({ type: 'read_configuration' })).toMatchObject({ accepted: true });
    await new Promise(setImmediate);
    expect(sent).toMatchObject([['NotifyReport', { requestId: 1, tbc: false }]]);
  });

  it('reports what it is asked to', async () => {
    const { sent, ask } = station();
    ask({ type: 'availability', connector: 1, available: false });
    ask({ type: 'trigger', message: 'Heartbeat' });
    expect(ask({ type: 'trigger', message: 'MeterValues' })).toMatchObject({ status: 'NotImplemented' });
    await new Promise(setImmediate);
    expect(sent).toEqual([[1, 'Unavailable', 1], ['Heartbeat']]);
  });

  it('keeps a connector free, and a list of cards', async () => {
    const { sent, commanded, ask } = station();
    const until = '2026-05-12T10:00:00Z';
    const reserved = ask({ type: 'reserve', connector: 1, tag: 'A', reservation: 7, until });
    expect(reserved).toMatchObject({ accepted: true });
    expect(commanded.reserve.mock.calls).toEqual([[{ id: 7, card: 'A', until: Date.parse(until) }]]);
    expect(ask({ type: 'cancel_reservation', reservation: 7 })).toMatchObject({ accepted: true });
    const entries = [{ tag: 'A' }];
    expect(ask({ type: 'local_list', version: 1, full: true, entries })).toMatchObject({ status: 'Accepted' });
    expect(ask({ type: 'local_list', version: 1, full: false, entries })).toMatchObject({ status: 'VersionMismatch' });
    expect(ask({ type: 'read_local_list' })).toMatchObject({ version: 1 });
    const location = 'https://files.example.com/a';
    expect(ask({ type: 'diagnostics', location })).toMatchObject({ accepted: true, file: 'diagnostics.zip' });
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(sent).toContainEqual([1, 'Reserved']);
    expect(sent).toContainEqual(['LogStatusNotification', { status: 'Uploaded', requestId: 1 }]);
  });
});
