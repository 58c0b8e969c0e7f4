import fc from 'fast-check';
import { v201 } from '../index';
import type { Command } from '../commands';

const { commandAnswer, commandCall } = v201;
const variable = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } };
const CALLS: readonly [Command, string, object][] = [
  [
    { type: 'start', connector: 2, tag: 'AB12' },
    'RequestStartTransaction',
    { idToken: { idToken: 'AB12', type: 'Central' }, remoteStartId: 9, evseId: 2 },
  ],
  [{ type: 'stop', transaction: 7 }, 'RequestStopTransaction', { transactionId: 'a-7' }],
  [{ type: 'unlock', connector: 202 }, 'UnlockConnector', { evseId: 2, connectorId: 2 }],
  [{ type: 'reset', hard: true }, 'Reset', { type: 'Immediate' }],
  [{ type: 'reset', hard: false }, 'Reset', { type: 'OnIdle' }],
  [
    { type: 'availability', connector: 0, available: false },
    'ChangeAvailability',
    { operationalStatus: 'Inoperative' },
  ],
  [
    { type: 'availability', connector: 1, available: true },
    'ChangeAvailability',
    { operationalStatus: 'Operative', evse: { id: 1, connectorId: 1 } },
  ],
  [
    { type: 'configure', key: 'OCPPCommCtrlr.HeartbeatInterval', value: '60' },
    'SetVariables',
    { setVariableData: [{ ...variable, attributeValue: '60' }] },
  ],
  [
    { type: 'read_configuration', key: 'OCPPCommCtrlr.HeartbeatInterval' },
    'GetVariables',
    { getVariableData: [variable] },
  ],
  [
    { type: 'trigger', message: 'MeterValues', connector: 1 },
    'TriggerMessage',
    { requestedMessage: 'MeterValues', evse: { id: 1, connectorId: 1 } },
  ],
  [
    { type: 'trigger', message: 'DiagnosticsStatusNotification' },
    'TriggerMessage',
    { requestedMessage: 'LogStatusNotification' },
  ],
];

describe('commands of OCPP 2.0.1', () => {
  it.each(CALLS)('%j is the call %s', (command, action, payload) => {
    expect(commandCall(command, { id: 9, transaction: 'a-7' })).toEqual({ action, payload });
  });

  it('ask for a report of all settings where none is named', () => {
    const { action, payload } = commandCall({ type: 'read_configuration' }, { id: 9 });
    expect([action, payload]).toEqual(['GetBaseReport', { requestId: 9, reportBase: 'ConfigurationInventory' }]);
    const answered = (status: string) => commandAnswer({ type: 'read_configuration' }, { status });
    expect(answered('Accepted')).toEqual({ status: 'Accepted', accepted: true });
    expect(answered('NotSupported')).toEqual({ status: 'NotSupported', accepted: false });
  });

  it('read reports of settings, whatever they hold', () => {
    const setting = (name: object, variableAttribute: unknown) => ({
      component: { name: 'A' },
      variable: name,
      variableAttribute,
    });
    const reportData = [
      setting({ name: 'B' }, [
        { type: 'Target', value: '1' },
        { value: 7, mutability: 'ReadOnly' },
      ]),
      setting({ name: 'C' }, [{ type: 'Actual', mutability: 'WriteOnly' }]),
      setting({ name: 'D', instance: 'x' }, [{ value: '1' }]),
      setting({ name: 'E' }, [{ type: 'MaxSet', value: '1' }]),
      ...[setting({}, [{ value: '1' }]), 7, null, {}],
    ];
    expect(v201.readRequest('NotifyReport', { requestId: '9', tbc: true, reportData }).value).toEqual({
      request: 9,
      last: false,
      settings: [
        { key: 'A.B', value: '7', readonly: true },
        { key: 'A.C', readonly: false },
      ],
    });
    expect(v201.readRequest('NotifyReport', { reportData: 'x' }).value).toEqual({ last: true, settings: [] });
  });

  it('that the protocol does not take are not sent', () => {
    expect(() => commandCall({ type: 'start', connector: 1, tag: 'x'.repeat(37) }, { id: 9 })).toThrow(
      'RequestStartTransactionRequest',
    );
    expect(() => commandCall({ type: 'stop', transaction: 7 }, { id: 9 })).toThrow('no such transaction');
    for (const key of ['HeartbeatInterval', '.x', 'x.']) {
      expect(() => commandCall({ type: 'configure', key, value: '' }, { id: 9 })).toThrow('Component.Variable');
    }
  });

  it.each([
    [{ type: 'unlock', connector: 1 }, { status: 'Unlocked' }, 'Unlocked', true],
    [
      { type: 'unlock', connector: 1 },
      { status: 'OngoingAuthorizedTransaction' },
      'OngoingAuthorizedTransaction',
      false,
    ],
    [{ type: 'reset', hard: false }, { status: 'Scheduled' }, 'Scheduled', true],
    [{ type: 'reset', hard: false }, {}, 'Unreadable', false],
    [
      { type: 'configure', key: 'A.B', value: '' },
      { setVariableResult: [{ attributeStatus: 'RebootRequired' }] },
      'RebootRequired',
      true,
    ],
    [
      { type: 'configure', key: 'A.B', value: '' },
      { setVariableResult: [{ attributeStatus: 'UnknownVariable' }] },
      'UnknownVariable',
      false,
    ],
    [{ type: 'configure', key: 'A.B', value: '' }, { setVariableResult: 'x' }, 'Unreadable', false],
  ] as const)('%j answered with %j', (command, payload, status, accepted) => {
    expect(commandAnswer(command, payload)).toEqual({ status, accepted });
  });

  it('read settings, and tell those that there are not', () => {
    const unknown = { component: { name: 'A' }, variable: { name: 'B' }, attributeStatus: 'UnknownComponent' };
    const known = { ...variable, attributeStatus: 'Accepted', attributeValue: '300' };
    const getVariableResult = [unknown, known, 7, {}];
    expect(commandAnswer({ type: 'read_configuration', key: 'A.B' }, { getVariableResult })).toEqual({
      ...{ accepted: true, status: 'Accepted', unknown: ['A.B'] },
      configuration: [{ key: 'OCPPCommCtrlr.HeartbeatInterval', value: '300', readonly: false }],
    });
  });

  it('have the numbers of connectors that charges of the charger have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (id, connectorId) => {
        expect(v201.evseOf(v201.connectorNumber(id, connectorId) ?? -1)).toEqual({ id, connectorId });
      }),
    );
  });

  it('reserve, list, limit, and move files', () => {
    const [until, location] = ['2026-05-12T12:00:00Z', 'https://files.example.com/a'];
    const call = (command: Parameters<typeof v201.commandCall>[0]) => v201.commandCall(command, { id: 9 });
    const idToken = { idToken: 'AB12', type: 'ISO14443' };
    expect(call({ type: 'reserve', connector: 102, tag: 'AB12', reservation: 7, until })).toEqual({
      action: 'ReserveNow',
      payload: { id: 7, expiryDateTime: until, idToken, evseId: 1 },
    });
    expect(call({ type: 'local_list', version: 3, full: true, entries: [{ tag: 'AB12', until }] }).payload).toEqual({
      ...{ versionNumber: 3, updateType: 'Full' },
      localAuthorizationList: [{ idToken, idTokenInfo: { status: 'Accepted', cacheExpiryDateTime: until } }],
    });
    // An empty list must not be one.
    expect(call({ type: 'local_list', version: 3, full: true, entries: [] }).payload).toEqual({
      ...{ versionNumber: 3, updateType: 'Full' },
    });
    expect(call({ type: 'limit', connector: 0, amperes: 16, since: until }).payload).toMatchObject({
      evseId: 0,
      chargingProfile: { chargingProfilePurpose: 'ChargingStationMaxProfile', id: 700_000 },
    });
    expect(call({ type: 'diagnostics', location }).payload).toMatchObject({ requestId: 9, logType: 'DiagnosticsLog' });
    expect(call({ type: 'firmware', location, at: until }).payload).toMatchObject({ requestId: 9 });
    expect(v201.commandAnswer({ type: 'read_local_list' }, { versionNumber: 0 })).toMatchObject({ version: 0 });
    const canceled = { status: 'AcceptedCanceled', filename: 'a.zip' };
    expect(v201.commandAnswer({ type: 'diagnostics', location }, canceled)).toMatchObject({
      accepted: true,
      file: 'a.zip',
    });
  });
});
