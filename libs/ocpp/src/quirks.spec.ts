import {
  addressOf,
  basicCredentials,
  type Call,
  isAction,
  momentOf,
  parseFrame,
  readRequest,
  requestProblems,
  subprotocolOf,
  v201,
} from './index';
import { plainReader } from './test/plain-reader';
import { examplesOf, quirkFiles, type QuirkReader } from './test/quirk-files';

function read16({ action, payload }: Call) {
  if (!isAction(action)) throw new Error(`${action} is not handled`);
  return { ...readRequest(action, payload), problems: requestProblems(action, payload) };
}

function read201({ action, payload }: Call) {
  if (!v201.isAction(action)) throw new Error(`${action} is not handled`);
  return { ...v201.readRequest(action, payload), problems: v201.requestProblems(action, payload) };
}

const ours: QuirkReader = {
  ...{ subprotocolOf, addressOf, credentialsOf: basicCredentials, momentOf },
  frameOf: (text) => parseFrame(text),
  messageOf: (text, version) => {
    const call = parseFrame(text) as Call;
    return version === '2.0.1' ? read201(call) : read16(call);
  },
};

describe.each(quirkFiles)('quirk $content.quirk: $content.title', ({ content }) => {
  const examples = examplesOf(content);

  it.each(examples)('$name', ({ check }) => check(ours));

  // The negative control: what the files expect is not what anybody would read.
  it('is not what a plain reader makes of it', () => {
    const others = examples.filter(({ check }) => {
      try {
        check(plainReader);
        return false;
      } catch {
        return true;
      }
    });
    expect(others).not.toEqual([]);
  });
});

/** What the plain reader and ours read alike: it does not refuse everything. */
describe.each([ours, plainReader])('messages without quirks', (reader) => {
  it('are read', () => {
    const timestamp = '2026-03-01T10:00:00Z';
    const start = { connectorId: 1, idTag: '04A2B1C6', meterStart: 1500, timestamp };
    const sampledValue = [{ value: '1.5', unit: 'kWh' }];
    const messages = [
      ['StartTransaction', start, { connector: 1, tag: '04A2B1C6', meterWh: 1500, timestamp }],
      [
        'MeterValues',
        { connectorId: 1, transactionId: 7, meterValue: [{ timestamp, sampledValue }] },
        { connector: 1, transaction: 7, readings: [{ timestamp, wh: 1500 }] },
      ],
    ] as const;
    for (const [action, payload, value] of messages) {
      expect(reader.messageOf(JSON.stringify([2, '1', action, payload]), undefined).value).toMatchObject(value);
    }
    expect(reader.subprotocolOf('ocpp1.6')).toBe('ocpp1.6');
    expect(reader.addressOf('/ocpp/CP1')).toEqual({ path: 'ocpp', identity: 'CP1' });
    const { username, passwords } = reader.credentialsOf(`Basic ${btoa('CP1:secret')}`) ?? {};
    expect([username, passwords?.map(String)]).toEqual(['CP1', ['secret']]);
    expect(reader.momentOf(timestamp, Date.parse(timestamp), 0)).toMatchObject({ at: Date.parse(timestamp) });
  });
});
