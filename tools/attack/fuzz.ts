import * as fc from 'fast-check';
import type { Operation } from './document/operations';
import type { AttackRequest } from './requests/attack-request';
import { requestsTo } from './requests/generate';
import { faultsOf } from './verdict/verdict';
import type { Schemas } from './verdict/schemas';
import { concurrently } from '../stack/concurrently';
import type { Answer, Client, Sent } from './sending/client';
import { type Id, type Means, resolved } from './sending/target';
import type { Finding, Tally } from './report/tally';

/** Different findings that one operation is asked for before it is left alone. */
const MAX_SHOWN = 5;
/** Operations under attack at once. */
const CONCURRENCY = 24;
/** Prime, so that all places of a list are met. */
const STRIDE = 41;

export interface Fuzzing {
  readonly operations: readonly Operation[];
  readonly schemas: Schemas;
  readonly clients: readonly Client[];
  readonly means: Means;
  readonly tally: Tally;
  /** Texts that only the other account has. */
  readonly canaries: readonly string[];
}

/** Sends so many requests to every operation; findings are shrunk to the least request that shows them. */
export async function fuzz(fuzzing: Fuzzing, requests: number, seed: number): Promise<void> {
  const each = Math.ceil(requests / fuzzing.operations.length);
  await concurrently(CONCURRENCY, spread(fuzzing.operations.entries()), ([index, operation]) =>
    new OperationFuzz(fuzzing, operation).run(each, seed + index),
  );
}

/** Neighbours apart: a service that gets everything at once only says that it is busy. */
export function spread<T>(all: Iterable<T>): T[] {
  const list = [...all];
  return list
    .map((one, index) => ({ one, place: (index * STRIDE) % list.length }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one);
}

class OperationFuzz {
  private readonly known = new Set<string>();
  private readonly seen = new Set<string>();
  private turn = 0;

  constructor(
    private readonly fuzzing: Fuzzing,
    private readonly operation: Operation,
  ) {}

  async run(requests: number, seed: number): Promise<void> {
    let left = requests;
    for (let round = 0; round < MAX_SHOWN && left > 0; round += 1) {
      const found = await fc.check(
        fc.asyncProperty(requestsTo(this.operation), (request) => this.holds(request)),
        { numRuns: left, seed: seed + round * 1000, endOnFailure: false },
      );
      left -= found.numRuns;
      if (!found.failed) return;
      await this.report(found.counterexample?.[0], seed + round * 1000);
    }
  }

  /** Whether an answer has no fault that is not known already. */
  private async holds(request: AttackRequest): Promise<boolean> {
    const faults = await this.faults(request);
    return faults.faults.every((fault) => this.known.has(fault));
  }

  private async report(request: AttackRequest | undefined, seed: number): Promise<void> {
    if (!request) return;
    const { faults, sent, answer } = await this.faults(request);
    const { tally } = this.fuzzing;
    const fresh = faults.filter((fault) => !this.known.has(fault));
    // What cannot be shown again was a matter of the moment; it is told all the same.
    const seen = [...this.seen].filter((fault) => !this.known.has(fault));
    for (const fault of fresh.length > 0 ? fresh : seen.map((one) => `${one} (seen once and not again)`)) {
      tally.found(findingOf(this.operation, fault, sent, answer, seed));
    }
    for (const fault of this.seen) this.known.add(fault);
  }

  private async faults(request: AttackRequest): Promise<{ faults: string[]; sent: Sent; answer: Answer }> {
    const { means, clients, schemas, tally, canaries } = this.fuzzing;
    const { ids, ...sent } = await resolved(this.operation, request, means);
    this.turn += 1;
    const client = clients[this.turn % clients.length] as Client;
    const answer = await client.sendWithRetries(sent);
    this.after(request, ids, answer);
    const faults = faultsOf(schemas, judgedAs(this.operation, request), sent, answer);
    faults.push(...canaries.filter((text) => answer.text.includes(text)).map(() => 'reveals data of another account'));
    tally.counted(request.kind, answer.status);
    faults.forEach((fault) => this.seen.add(fault));
    return { faults, sent, answer };
  }

  private after({ who, headers }: AttackRequest, ids: readonly Id[], answer: Answer): void {
    const { means } = this.fuzzing;
    if (answer.status === 401 && who !== 'nobody' && !('authorization' in headers)) means.people.renew(who);
    if (answer.status === 404 || (answer.status < 300 && this.operation.method === 'DELETE')) {
      ids.forEach(({ kind, id }) => means.own.gone(kind, id));
    }
  }
}

/** With another method, or an id that makes another path, it is some other operation's business. */
function judgedAs(operation: Operation, { method, params }: AttackRequest): Operation | undefined {
  const elsewhere = Object.values(params).some((value) => /[?#/\\]|%2f|^\.|^$/i.test(value));
  return method !== undefined || elsewhere ? undefined : operation;
}

function findingOf({ id }: Operation, fault: string, sent: Sent, answer: Answer, seed: number): Finding {
  const headers = Object.entries(sent.headers).filter(([name]) => name !== 'authorization');
  const body = sent.body === undefined ? '' : ` ${sent.body.toString().slice(0, 300)}`;
  const request = `${sent.method} ${sent.target.slice(0, 300)} ${JSON.stringify(Object.fromEntries(headers)).slice(0, 300)}${body}`;
  return { operation: id, fault, request, answer: `${answer.status} ${answer.text.slice(0, 200)}`, seed };
}
