import type { SimulatedCharger } from '@open-cpo/testing';
import { obey } from './commanded';

/** A charger without a connection, that notes what it sends. */
function charger() {
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
  obey({ answers, status: note, call: note } as unknown as SimulatedCharger, commanded);
  const ask = (action: string, payload: object = {}) => answers.get(action)?.(payload);
  return { sent, commanded, ask };
}

describe('the simulated charger, on a command,', () => {
  beforeEach(() => jest.spyOn(process.stdout, 'write').mockReturnValue(true));
  afterEach(() => jest.restoreAllMocks());

  it('begins and ends sessions, and restarts', async () => {
    const { commanded, ask } = charger();
    expect(ask('RemoteStartTransaction', { idTag: 'A' })).toEqual({ status: 'Accepted' });
    expect(ask('RemoteStopTransaction', { transactionId: 7 })).toEqual({ status: 'Rejected' });
    expect([commanded.begin, commanded.end].map(({ mock }) => mock.calls as unknown)).toEqual([[['A']], [['7']]]);
    expect(ask('Reset', { type: 'Soft' })).toEqual({ status: 'Accepted' });
    await new Promise(setImmediate);
    expect(commanded.restart).toHaveBeenCalledTimes(1);
  });

  it('has settings', () => {
    const { ask } = charger();
    const set = (key: string, value: string) => ask('ChangeConfiguration', { key, value });
    expect(set('HeartbeatInterval', '60')).toEqual({ status: 'Accepted' });
    expect(set('NumberOfConnectors', '2')).toEqual({ status: 'Rejected' });
    expect(set('Colour', 'red')).toEqual({ status: 'NotSupported' });
    expect(ask('GetConfiguration', { key: ['HeartbeatInterval', 'Colour'] })).toEqual({
      configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '60' }],
      unknownKey: ['Colour'],
    });
  });

  it('reports what it is asked to', async () => {
    const { sent, ask } = charger();
    ask('ChangeAvailability', { connectorId: 1, type: 'Inoperative' });
    ask('TriggerMessage', { requestedMessage: 'Heartbeat' });
    expect(ask('TriggerMessage', { requestedMessage: 'MeterValues' })).toEqual({ status: 'NotImplemented' });
    await new Promise(setImmediate);
    expect(sent).toEqual([[1, 'Unavailable'], ['Heartbeat']]);
  });

  it('keeps a connector free, and a list of cards', async () => {
    const { sent, commanded, ask } = charger();
    const expiryDate = '2026-05-12T10:00:00Z';
    expect(ask('ReserveNow', { connectorId: 1, expiryDate, idTag: 'A', reservationId: 7 })).toEqual({
      status: 'Accepted',
    });
    expect(commanded.reserve.mock.calls).toEqual([[{ id: 7, card: 'A', until: Date.parse(expiryDate) }]]);
    expect(ask('CancelReservation', { reservationId: 7 })).toEqual({ status: 'Accepted' });
    const list = (listVersion: number, updateType: string, ...localAuthorizationList: object[]) =>
      ask('SendLocalList', { listVersion, updateType, localAuthorizationList });
    expect(list(1, 'Full', { idTag: 'A', idTagInfo: {} })).toEqual({ status: 'Accepted' });
    expect(list(1, 'Differential', { idTag: 'A' })).toEqual({ status: 'VersionMismatch' });
    expect(ask('GetLocalListVersion')).toEqual({ listVersion: 1 });
    expect(ask('GetDiagnostics')).toEqual({ fileName: 'diagnostics.zip' });
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(sent).toContainEqual([1, 'Reserved']);
    expect(sent).toContainEqual(['DiagnosticsStatusNotification', { status: 'Uploaded' }]);
  });
});
