import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  addressOf,
  basicCredentials,
  type Call,
  isAction,
  momentOf,
  parseFrame,
  type Payload,
  readRequest,
  requestProblems,
  subprotocolOf,
  v201,
} from './index';

const FOLDER = join(__dirname, '../quirks');

/** What a file shows: a quirk of real chargers as they send it, and what is made of it. */
interface Quirk {
  readonly quirk: number;
  readonly title: string;
  /** Of the messages; by default 1.6. */
  readonly version?: '2.0.1';
  readonly protocols?: readonly { header: string; spoken: string | null }[];
  readonly urls?: readonly { url: string; address: object | null }[];
  readonly credentials?: readonly { authorization: string; username: string | null; passwords?: string[] }[];
  readonly frames?: readonly { frame: string; kind: string; id: string }[];
  readonly messages?: readonly { frame: string; value: object; absent?: string[]; quirks: string[]; valid: boolean }[];
  readonly times?: readonly {
    time?: unknown;
    receivedAt: string;
    offset?: number;
    at: string;
    quirk?: string;
    late?: boolean;
  }[];
}

const files = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Quirk);

function read16(action: string, payload: Payload) {
  if (!isAction(action)) throw new Error(`${action} is not handled`);
  return { ...readRequest(action, payload), problems: requestProblems(action, payload) };
}

function read201(action: string, payload: Payload) {
  if (!v201.isAction(action)) throw new Error(`${action} is not handled`);
  return { ...v201.readRequest(action, payload), problems: v201.requestProblems(action, payload) };
}

describe.each(files)('quirk $quirk: $title', (file) => {
  const { protocols = [], urls = [], credentials = [], frames = [], messages = [], times = [] } = file;

  it('is handled', () => {
    const shown = [protocols, urls, credentials, frames, messages, times].flat();
    expect(shown.length).toBeGreaterThan(0);
    for (const { header, spoken } of protocols) expect(subprotocolOf(header) ?? null).toBe(spoken);
    for (const { url, address } of urls) expect([url, addressOf(url) ?? null]).toEqual([url, address]);
    for (const { authorization, username, passwords } of credentials) {
      const found = basicCredentials(authorization);
      expect(found?.username ?? null).toBe(username);
      expect(found?.passwords.map((one) => one.toString('hex'))).toEqual(passwords);
    }
    for (const { frame, kind, id } of frames) expect(parseFrame(frame)).toMatchObject({ kind, id });
  });

  if (messages.length > 0)
    it.each(messages)('$frame', ({ frame, value, absent = [], quirks, valid }) => {
      const { action, payload } = parseFrame(frame) as Call;
      const read = file.version === '2.0.1' ? read201(action, payload) : read16(action, payload);
      expect(read.value).toMatchObject(value);
      for (const name of absent) expect(read.value).not.toHaveProperty(name, expect.anything());
      expect([...read.quirks].sort()).toEqual([...quirks].sort());
      expect(read.problems.length === 0).toBe(valid);
    });

  if (times.length > 0)
    it.each(times)('$time', ({ time, receivedAt, offset = 0, at, quirk, late = false }) => {
      const moment = momentOf(time, Date.parse(receivedAt), offset);
      expect(new Date(moment.at).toISOString()).toBe(at);
      expect(moment.quirk).toBe(quirk);
      expect(moment.late).toBe(late);
    });
});
