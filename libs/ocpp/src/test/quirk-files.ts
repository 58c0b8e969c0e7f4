import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Address, BasicCredentials, Moment, Payload } from '../index';

const FOLDER = join(__dirname, '../../quirks');

/** What a file shows: a quirk of real chargers as they send it, and what is made of it. */
export interface QuirkFile {
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

/** A message in the words of the service; without `quirks` and `problems` where a reader does not say what it put right. */
export interface ReadMessage {
  readonly value: object;
  readonly quirks?: readonly string[];
  readonly problems?: readonly string[];
}

/** What reads all that a charger sends. */
export interface QuirkReader {
  subprotocolOf(header: string): string | undefined;
  addressOf(url: string): Address | undefined;
  credentialsOf(authorization: string): BasicCredentials | undefined;
  frameOf(text: string): { readonly kind: string; readonly id: string };
  messageOf(text: string, version: QuirkFile['version']): ReadMessage;
  momentOf(time: unknown, receivedAt: number, offset: number): Moment;
}

export interface Example {
  readonly name: string;
  /** Throws where the reader makes something else of it. */
  readonly check: (reader: QuirkReader) => void;
}

/** All files, by name. */
export const quirkFiles = readdirSync(FOLDER).map((file) => ({
  file,
  content: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as QuirkFile,
}));

export function examplesOf(file: QuirkFile): Example[] {
  const { protocols = [], urls = [], credentials = [], frames = [], messages = [], times = [] } = file;
  return [
    ...protocols.map(({ header, spoken }) => ({
      name: `protocols ${header}`,
      check: (reader: QuirkReader) => expect(reader.subprotocolOf(header) ?? null).toBe(spoken),
    })),
    ...urls.map(({ url, address }) => ({
      name: `address ${url}`,
      check: (reader: QuirkReader) => expect(reader.addressOf(url) ?? null).toEqual(address),
    })),
    ...credentials.map(({ authorization, username, passwords }) => ({
      name: `credentials ${authorization}`,
      check: (reader: QuirkReader) => {
        const found = reader.credentialsOf(authorization);
        expect(found?.username ?? null).toBe(username);
        expect(found?.passwords.map((one) => one.toString('hex'))).toEqual(passwords);
      },
    })),
    ...frames.map(({ frame, kind, id }) => ({
      name: `frame ${frame.slice(0, 80)}`,
      check: (reader: QuirkReader) => expect(reader.frameOf(frame)).toMatchObject({ kind, id }),
    })),
    ...messages.map((message) => ({
      name: `message ${message.frame.slice(0, 200)}`,
      check: (reader: QuirkReader) => checkMessage(message, reader.messageOf(message.frame, file.version)),
    })),
    ...times.map(({ time, receivedAt, offset = 0, at, quirk, late = false }) => ({
      name: `time ${String(time)}`,
      check: (reader: QuirkReader) => {
        const moment = reader.momentOf(time, Date.parse(receivedAt), offset);
        expect(new Date(moment.at).toISOString()).toBe(at);
        expect({ quirk: moment.quirk, late: moment.late }).toEqual({ quirk, late });
      },
    })),
  ];
}

function checkMessage(
  { value, absent = [], quirks, valid }: NonNullable<QuirkFile['messages']>[number],
  read: ReadMessage,
): void {
  expect(read.value).toMatchObject(value);
  for (const name of absent) expect(read.value).not.toHaveProperty(name, expect.anything());
  if (read.quirks) expect([...read.quirks].sort()).toEqual([...quirks].sort());
  if (read.problems) expect(read.problems.length === 0).toBe(valid);
}

/** The payload of an object that may be anything. */
export const payloadIn = (value: unknown): Payload =>
  typeof value === 'object' && value !== null ? (value as Payload) : {};
