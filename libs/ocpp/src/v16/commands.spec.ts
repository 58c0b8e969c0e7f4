import type { Command } from '../commands';
import { commandAnswer, commandCall } from './commands';

const NOON = '2026-05-12T12:00:00Z';
const FILE = 'https://files.example.com/a';

const CALLS: readonly [Command, string, object][] = [
  [{ type: 'start', connector: 1, tag: 'AB12' }, 'RemoteStartTransaction', { connectorId: 1, idTag: 'AB12' }],
  [{ type: 'stop', transaction: 7 }, 'RemoteStopTransaction', { transactionId: 7 }],
  [{ type: 'unlock', connector: 2 }, 'UnlockConnector', { connectorId: 2 }],
  [{ type: 'reset', hard: true }, 'Reset', { type: 'Hard' }],
  [{ type: 'reset', hard: false }, 'Reset', { type: 'Soft' }],
  [
    { type: 'availability', connector: 0, available: false },
    'ChangeAvailability',
    { connectorId: 0, type: 'Inoperative' },
  ],
  [
    { type: 'configure', key: 'HeartbeatInterval', value: '60' },
    'ChangeConfiguration',
    { key: 'HeartbeatInterval', value: '60' },
  ],
  [{ type: 'read_configuration' }, 'GetConfiguration', {}],
  [
    { type: 'read_configuration', key: 'MeterValueSampleInterval' },
    'GetConfiguration',
    { key: ['MeterValueSampleInterval'] },
  ],
  [
    { type: 'trigger', message: 'MeterValues', connector: 1 },
    'TriggerMessage',
    { requestedMessage: 'MeterValues', connectorId: 1 },
  ],
  [
    { type: 'reserve', connector: 1, tag: 'AB12', reservation: 7, until: NOON },
    'ReserveNow',
    { connectorId: 1, expiryDate: NOON, idTag: 'AB12', reservationId: 7 },
  ],
  [{ type: 'cancel_reservation', reservation: 7 }, 'CancelReservation', { reservationId: 7 }],
  [
    { type: 'local_list', version: 3, full: true, entries: [{ tag: 'AB12', day: '2026-05-12', until: NOON }] },
    'SendLocalList',
    {
      ...{ listVersion: 3, updateType: 'Full' },
      localAuthorizationList: [{ idTag: 'AB12', idTagInfo: { status: 'Accepted', expiryDate: NOON } }],
    },
  ],
  [
    { type: 'local_list', version: 4, full: false, entries: [{ tag: 'AB12', removed: true }] },
    'SendLocalList',
    { listVersion: 4, updateType: 'Differential', localAuthorizationList: [{ idTag: 'AB12' }] },
  ],
  [{ type: 'read_local_list' }, 'GetLocalListVersion', {}],
  [{ type: 'limit', connector: 1, amperes: null, since: NOON }, 'ClearChargingProfile', { id: 700_001 }],
  [{ type: 'diagnostics', location: FILE, from: NOON }, 'GetDiagnostics', { location: FILE, startTime: NOON }],
  [
    { type: 'diagnostics', location: FILE, log: 'security', until: NOON },
    'GetLog',
    { logType: 'SecurityLog', requestId: 9, log: { remoteLocation: FILE, latestTimestamp: NOON } },
  ],
  [
    { type: 'firmware', location: FILE, at: NOON, signing: { certificate: 'PEM', signature: 'c2ln' } },
    'SignedUpdateFirmware',
    {
      requestId: 9,
      firmware: { location: FILE, retrieveDateTime: NOON, signingCertificate: 'PEM', signature: 'c2ln' },
    },
  ],
  [{ type: 'firmware', location: FILE, at: NOON }, 'UpdateFirmware', { location: FILE, retrieveDate: NOON }],
];

describe('commands of OCPP 1.6', () => {
  it.each(CALLS)('%j is the call %s', (command, action, payload) => {
    expect(commandCall(command, { id: 9 })).toEqual({ action, payload });
  });

  it('that the protocol does not take are not sent', () => {
    expect(() => commandCall({ type: 'start', connector: 1, tag: 'x'.repeat(21) }, { id: 9 })).toThrow(
      'RemoteStartTransactionRequest',
    );
    expect(() => commandCall({ type: 'configure', key: 'k'.repeat(51), value: '' }, { id: 9 })).toThrow(
      'ChangeConfigurationRequest',
    );
  });

  it.each([
    ['Accepted', true],
    ['accepted', true],
    ['Scheduled', true],
    ['RebootRequired', true],
    ['Unlocked', true],
    ['Rejected', false],
    ['NotSupported', false],
    ['UnlockFailed', false],
  ])('answered with %s are accepted: %s', (status, accepted) => {
    expect(commandAnswer({ type: 'unlock', connector: 1 }, { status })).toEqual({ status, accepted });
  });

  it('limit a connector by default, and the charger at most', () => {
    const purposes = [1, 0].map((connector) => {
      const { payload } = commandCall({ type: 'limit', connector, amperes: 16, since: NOON }, { id: 9 });
      return (payload as { csChargingProfiles: { chargingProfilePurpose: string } }).csChargingProfiles;
    });
    const chargingSchedule = { startSchedule: NOON, chargingRateUnit: 'A' };
    expect(purposes).toMatchObject([
      { chargingProfilePurpose: 'TxDefaultProfile', chargingProfileId: 700_001, chargingSchedule },
      { chargingProfilePurpose: 'ChargePointMaxProfile', chargingProfileId: 700_000, chargingSchedule },
    ]);
    const cleared = { type: 'limit', connector: 1, amperes: null, since: NOON } as const;
    expect(commandAnswer(cleared, { status: 'Unknown' })).toEqual({ accepted: true, status: 'Unknown' });
    expect(commandAnswer({ ...cleared, amperes: 16 }, { status: 'Unknown' })).toMatchObject({ accepted: false });
  });

  it.each([
    [7, true],
    [-1, true],
    ['12', true],
    [-2, false],
    [1.5, false],
    [2 ** 31, false],
    [undefined, false],
    [null, false],
    [{}, false],
    ['x', false],
  ])('take a version of a list for one where it can be: %j', (listVersion, accepted) => {
    const version = accepted ? { version: Number(listVersion) } : {};
    expect(commandAnswer({ type: 'read_local_list' }, { listVersion })).toMatchObject({ accepted, ...version });
  });

  it('without the name of a file upload nothing', () => {
    const command = { type: 'diagnostics', location: FILE } as const;
    expect(commandAnswer(command, {})).toEqual({ accepted: false, status: 'NoFile' });
    expect(commandAnswer(command, { fileName: 'a\u0000.zip' })).toEqual({
      ...{ accepted: true, status: 'Accepted' },
      file: 'a.zip',
    });
    expect(commandAnswer({ type: 'firmware', location: FILE, at: NOON }, {})).toMatchObject({ accepted: true });
  });

  it('answered with anything else are not accepted', () => {
    for (const payload of [{}, { status: null }, { status: {} }, { status: ['Accepted'] }]) {
      expect(commandAnswer({ type: 'reset', hard: true }, payload)).toEqual({ status: 'Unreadable', accepted: false });
    }
  });

  it('that read settings get those that can be read', () => {
    const configurationKey = [
      { key: 'A', value: 'b'.repeat(5000), readonly: 'true' },
      { key: 'B', readonly: false },
      { key: '', value: 'x' },
      null,
      7,
      { key: 'C', value: 60 },
    ];
    const answer = commandAnswer({ type: 'read_configuration' }, { configurationKey, unknownKey: ['D', null, {}] });
    expect(answer).toEqual({
      accepted: true,
      status: 'Accepted',
      configuration: [
        { key: 'A', value: 'b'.repeat(2000), readonly: true },
        { key: 'B', readonly: false },
        { key: 'C', value: '60', readonly: false },
      ],
      complete: true,
      unknown: ['D'],
    });
    expect(commandAnswer({ type: 'read_configuration' }, { configurationKey: 'x' })).toMatchObject({
      configuration: [],
      complete: false,
    });
    const one = { type: 'read_configuration', key: 'A' } as const;
    expect(commandAnswer(one, { configurationKey })).toMatchObject({ complete: false });
    const [long] = commandAnswer(one, { configurationKey: [{ key: 'k'.repeat(3000) }] }).configuration ?? [];
    expect(long?.key).toHaveLength(200);
  });
});
