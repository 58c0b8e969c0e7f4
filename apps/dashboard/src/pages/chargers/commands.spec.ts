import { isSettling, limitOf } from './limits';
import { bodyOfCommand, COMMANDS, fieldsOfCommand, isCancellable, isUnderWay, valuesOfCommand } from './commands';

describe('a command to a charger', () => {
  it('has a value for each of its fields', () => {
    for (const type of COMMANDS) {
      const names = fieldsOfCommand(type, [0, 1, 2]).map(({ name }) => name);
      expect(Object.keys(valuesOfCommand(type, [0, 1, 2]))).toEqual(names);
    }
  });

  it('may be cancelled before it is sent, and a start until its session begins', () => {
    const unlock = { type: 'unlock', state: 'queued', effect: null, transaction_id: null };
    expect(isCancellable(unlock)).toBe(true);
    expect(isCancellable({ ...unlock, state: 'sent' })).toBe(false);
    const start = { ...unlock, type: 'start', state: 'accepted', effect: 'expected' };
    expect(isCancellable(start)).toBe(true);
    expect(isCancellable({ ...start, transaction_id: 7 })).toBe(false);
    expect(isCancellable({ ...start, effect: null })).toBe(false);
  });

  it('offers the connectors that the charger has told of', () => {
    const [connector] = fieldsOfCommand('unlock', [0, 1, 2]);
    expect(connector?.items?.map(({ value }) => value)).toEqual([1, 2]);
    const availability = fieldsOfCommand('availability', [0, 1]).at(-1);
    expect(availability?.items).toEqual([
      { value: 0, title: 'charger.whole' },
      { value: 1, title: '1' },
    ]);
    expect(fieldsOfCommand('unlock', [])[0]).toMatchObject({ type: 'number' });
    expect(valuesOfCommand('start', [0, 1])).toEqual({ connector: 1, rfid: '' });
    expect(valuesOfCommand('start', [1, 2])).toEqual({ connector: undefined, rfid: '' });
  });

  it('is sent without what was left empty', () => {
    expect(bodyOfCommand('start', { connector: '2', rfid: '' })).toEqual({ type: 'start', connector: 2 });
    expect(bodyOfCommand('availability', { available: false, connector: 0 })).toEqual({
      ...{ type: 'availability', available: false, connector: 0 },
    });
    expect(bodyOfCommand('configure', { key: 'Name', value: '' })).toEqual({
      type: 'configure',
      key: 'Name',
      value: '',
    });
    expect(bodyOfCommand('read_configuration', { key: '' })).toEqual({ type: 'read_configuration' });
    const location = 'https://files.example.com/log';
    const from = new Date(2026, 4, 12, 9, 30).toISOString();
    expect(bodyOfCommand('diagnostics', { location, from: '2026-05-12T09:30', until: '' })).toEqual({
      ...{ type: 'diagnostics', location, from },
    });
    expect(bodyOfCommand('firmware', { location, retrieve_at: '' })).toEqual({ type: 'firmware', location });
    const signed = { location, retrieve_at: '', signing_certificate: '-----BEGIN', signature: 'c2ln' };
    expect(bodyOfCommand('firmware', signed)).toEqual({
      ...{ type: 'firmware', location, signing_certificate: '-----BEGIN', signature: 'c2ln' },
    });
    expect(bodyOfCommand('diagnostics', { location, log: 'security', from: '', until: '' })).toEqual({
      ...{ type: 'diagnostics', location, log: 'security' },
    });
  });

  it('is under way until it was answered and has had its effect', () => {
    const states = [
      ['queued', null],
      ['sent', null],
      ['accepted', 'expected'],
      ['accepted', 'observed'],
      ['rejected', null],
    ] as const;
    expect(states.map(([state, effect]) => isUnderWay({ state, effect }))).toEqual([true, true, true, false, false]);
  });
});

describe('a limit of the current', () => {
  it('is taken away by an empty input', () => {
    expect(['', null, undefined, '16', 6].map((amperes) => limitOf({ amperes }).amperes)).toEqual([
      ...[null, null, null, 16, 6],
    ]);
  });

  it('is read again until the charger has it', () => {
    const states = ['waiting', 'sending', 'applied', 'failing', 'unsupported'];
    expect(states.filter((state) => isSettling({ state }))).toEqual(['waiting', 'sending']);
  });
});
