import type { Command } from '../commands';
import { commandAnswer, commandCall } from './commands';

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
];

describe('commands of OCPP 1.6', () => {
  it.each(CALLS)('%j is the call %s', (command, action, payload) => {
    expect(commandCall(command)).toEqual({ action, payload });
  });

  it('that the protocol does not take are not sent', () => {
    expect(() => commandCall({ type: 'start', connector: 1, tag: 'x'.repeat(21) })).toThrow(
      'RemoteStartTransactionRequest',
    );
    expect(() => commandCall({ type: 'configure', key: 'k'.repeat(51), value: '' })).toThrow(
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
