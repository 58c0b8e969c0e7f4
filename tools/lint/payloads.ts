import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@open-cpo/contracts';
import { type Dto, fieldsOf } from '@open-cpo/contracts';

/** What a reader asks of one field of a payload. */
export interface PayloadField {
  readonly required: boolean;
  /** The values that it knows, where it knows no others. */
  readonly choices?: readonly string[];
}
/** Fields by their paths: `range.from`. */
export type Payload = Readonly<Record<string, PayloadField>>;
/** Payloads by the subject of their event, or `job <queue>`. */
export type Payloads = Readonly<Record<string, Payload>>;

interface Declared {
  readonly subject?: string;
  readonly queue?: string;
  readonly payload: Dto<object>;
}

const isDeclared = (value: unknown): value is Declared => {
  if (typeof value !== 'object' || value === null || !('payload' in value)) return false;
  return typeof value.payload === 'function' && ('subject' in value || 'queue' in value);
};

/** Every event and job that the contracts declare, by name. */
export function declaredPayloads(): ReadonlyMap<string, Dto<object>> {
  const found = new Map<string, Dto<object>>();
  const look = (value: unknown, depth: number): void => {
    if (isDeclared(value)) found.set(value.subject ?? `job ${value.queue}`, value.payload);
    else if (depth > 0 && typeof value === 'object' && value !== null) {
      Object.values(value).forEach((one) => look(one, depth - 1));
    }
  };
  look(contracts, 2);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What readers of this version ask of each payload. */
export const payloads = (): Payloads =>
  Object.fromEntries([...declaredPayloads()].map(([name, dto]) => [name, Object.fromEntries(fields(dto, ''))]));

function fields(dto: Dto<object>, above: string): [string, PayloadField][] {
  return [...fieldsOf(dto)].flatMap(([name, { presence, docs, nested }]) => {
    const { enum: one, items } = docs as { enum?: readonly string[]; items?: { enum?: readonly string[] } };
    const choices = one ?? items?.enum;
    const field = { required: presence === 'required', ...(choices ? { choices: [...choices] } : {}) };
    const path = `${above}${name}`;
    return [[path, field] as [string, PayloadField], ...(nested ? fields(nested(), `${path}.`) : [])];
  });
}

/**
 * Where a reader of this version refuses what a version before has written: events that are in streams and jobs that are in
 * queues while it is upgraded.
 */
export function payloadProblems(landed: Payloads, present: Payloads): string[] {
  return Object.entries(landed).flatMap(([name, before]) => {
    const now = present[name];
    if (!now) return [`${name} is not read any more`];
    return Object.entries(now).flatMap(([path, field]) =>
      fieldProblems(path, before, field).map((text) => `${name}: ${path} ${text}`),
    );
  });
}

function fieldProblems(path: string, payload: Payload, now: PayloadField): string[] {
  const before = payload[path];
  // Of an object that is new nothing has been written yet; whether it may be absent is asked of the object itself.
  const above = path.slice(0, Math.max(0, path.lastIndexOf('.')));
  const written = above === '' || above in payload;
  const demanded = now.required && before?.required !== true && written;
  const gone = (before?.choices ?? []).filter((choice) => now.choices && !now.choices.includes(choice));
  return [
    ...(demanded ? ['is required, and the version before did not have to write it'] : []),
    ...gone.map((choice) => `does not know "${choice}" any more`),
  ];
}

const LANDED = 'tools/lint/landed-payloads.json';

/** The payloads that have landed. */
export const landed = (checkout: string): Payloads =>
  JSON.parse(readFileSync(join(checkout, LANDED), 'utf8')) as Payloads;

/** The list of payloads that have landed, with what is new; nothing is taken away and nothing becomes required. */
export function landedPayloads(checkout: string): { path: string; text: string } {
  const before = landed(checkout);
  const merged = Object.entries({ ...before, ...payloads() }).map(([name, now]): [string, Payload] => [
    name,
    mergedPayload(before[name], now),
  ]);
  const sorted = merged.sort(([a], [b]) => (a < b ? -1 : 1));
  return { path: LANDED, text: `${JSON.stringify(Object.fromEntries(sorted), undefined, 2)}\n` };
}

function mergedPayload(before: Payload | undefined, now: Payload): Payload {
  const all = { ...before, ...now };
  return Object.fromEntries(
    Object.entries(all).map(([path, { required, choices }]): [string, PayloadField] => {
      const old = before?.[path];
      const known = [...new Set([...(old?.choices ?? []), ...(choices ?? [])])];
      // What one version does not demand may be missing from what it has written.
      return [
        path,
        {
          required: required && (before ? (old?.required ?? false) : true),
          ...(known.length > 0 ? { choices: known } : {}),
        },
      ];
    }),
  );
}
