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

  it('read the common settings where none is named', () => {
    const { payload } = commandCall({ type: 'read_configuration' }, { id: 9 });
    expect(JSON.stringify(payload)).toContain('HeartbeatInterval');
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
    expect(commandAnswer({ type: 'read_configuration' }, { getVariableResult: [unknown, known, 7, {}] })).toEqual({
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
});
