import { may, type Permission, ROLES } from '@open-cpo/contracts';
import type { Operation } from '../document/operations';
import type { Tally } from '../report/tally';
import { concurrently } from '../../stack/concurrently';
import type { Answer, Client, Sent } from '../sending/client';
import type { Means } from '../sending/target';
import type { Who } from '../environment/people';
import { kindOf } from '../environment/resources';
import type { SigningKey } from '../environment/signing-key';
import { forgedTokens } from './forged-tokens';

const DEMO_OWNER = { email: 'owner@demo.test', password: 'Charge-2026!' };
/** Operations under attack at once. */
const CONCURRENCY = 16;
/** Kinds whose ids are everybody's. */
const EVERYBODYS = new Set(['countries', 'payout-methods']);

export interface Matrix {
  readonly operations: readonly Operation[];
  readonly clients: readonly [Client, Client];
  readonly means: Means;
  readonly key: SigningKey;
  readonly tally: Tally;
  /** An API key of the other owner. */
  readonly foreignKey: string;
}

/** Every operation, asked by everybody who may not: without a token, with a forged one, without the permission, for what is another's. */
export async function attackAuthorisation(matrix: Matrix): Promise<void> {
  const attack = new AuthorisationAttack(matrix);
  await attack.prepare();
  await concurrently(CONCURRENCY, matrix.operations, (operation) => attack.on(operation));
  attack.conclude();
}

type Counts = Record<string, { asked: number; let: number }>;

class AuthorisationAttack {
  private readonly counts: Counts = {};
  private forged: ReadonlyMap<string, string> = new Map();
  private revoked = '';

  constructor(private readonly matrix: Matrix) {}

  async prepare(): Promise<void> {
    const { key, means, clients } = this.matrix;
    this.forged = forgedTokens(key, means.people.userId('owner'));
    // A token that auth issued itself: it remembers its session.
    const login = this.request('POST', '/api/v3/auth/login', undefined, DEMO_OWNER);
    this.revoked = /"access_token":"([^"]+)"/.exec((await clients[0].sendWithRetries(login)).text)?.[1] ?? '';
    await clients[0].sendWithRetries(this.request('POST', '/api/v3/auth/logout', this.revoked, {}));
    // The other gateway hears of it by event, from another process: it has a moment.
    for (let tries = 0; tries < 50; tries += 1) {
      const { status } = await clients[1].send(this.request('GET', '/api/user', this.revoked));
      if (status === 401) break;
    }
  }

  async on(operation: Operation): Promise<void> {
    const target = await this.targetOf(operation);
    if (operation.permission !== 'public') {
      await this.refused(operation, 'without a token', target, undefined, [401]);
      await this.refused(operation, 'with a revoked token', target, this.revoked, [401]);
      for (const [how, token] of this.forged) await this.refused(operation, how, target, token, [401]);
      const own = this.matrix.means.people.token('owner');
      await this.refused(operation, 'with an API key of another owner', target, own, [401], {
        'api-key': this.matrix.foreignKey,
      });
    }
    await this.byRole(operation, target);
    if (this.isOwned(operation)) await this.byOther(operation, target);
  }

  conclude(): void {
    for (const [how, { asked, let: letIn }] of Object.entries(this.counts)) {
      this.matrix.tally.checked(`nobody gets in ${how}`, letIn === 0, `${asked} requests, ${letIn} let in`);
    }
  }

  private async byRole(operation: Operation, target: string): Promise<void> {
    const { permission } = operation;
    if (permission === 'public' || permission === 'token') return;
    for (const role of ROLES.filter((one) => !may(one, permission as Permission))) {
      const token = this.matrix.means.people.token(role);
      await this.refused(operation, `as ${role} without the permission`, target, token, [403]);
    }
  }

  /** What is another's reads as forbidden, and what never was does not read as more. */
  private async byOther(operation: Operation, target: string): Promise<void> {
    const token = this.matrix.means.people.token('other owner' satisfies Who);
    await this.refused(operation, 'for what is another owner’s', target, token, [403, 404, 422]);
  }

  private isOwned(operation: Operation): boolean {
    // A list of one type is no thing of anybody's.
    if (operation.path.endsWith('/datatable')) return false;
    return operation.parameters.some((one) => one.in === 'path' && !EVERYBODYS.has(kindOf(operation, one.name)));
  }

  private async targetOf(operation: Operation): Promise<string> {
    let path = operation.path;
    for (const { name } of operation.parameters.filter((one) => one.in === 'path')) {
      path = path.replace(`{${name}}`, String(await this.matrix.means.own.one(kindOf(operation, name))));
    }
    return path;
  }

  private async refused(
    { id, method, body }: Operation,
    how: string,
    target: string,
    token: string | undefined,
    allowed: readonly number[],
    more: Record<string, string> = {},
  ): Promise<void> {
    const { clients, tally } = this.matrix;
    const sent = this.request(
      method,
      target,
      token,
      method === 'GET' || method === 'DELETE' ? undefined : (body?.example ?? {}),
      more,
    );
    const kind = how.replace(/: .*/, '');
    const counts = (this.counts[kind] ??= { asked: 0, let: 0 });
    const client = clients[counts.asked % 2] as Client;
    const answer = await client.sendWithRetries(sent);
    tally.counted('authorisation', answer.status);
    counts.asked += 1;
    if (allowed.includes(answer.status)) return;
    counts.let += 1;
    tally.found(this.finding(id, how, sent, answer));
  }

  private finding(operation: string, how: string, { method, target }: Sent, { status, text }: Answer) {
    return {
      operation,
      fault: `let in ${how}`,
      request: `${method} ${target}`,
      answer: `${status} ${text.slice(0, 200)}`,
      seed: 0,
    };
  }

  private request(
    method: string,
    target: string,
    token?: string,
    body?: object,
    more: Record<string, string> = {},
  ): Sent {
    const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const from = { 'x-forwarded-for': this.matrix.means.address() };
    const headers = { ...authorization, ...from, ...(body ? { 'content-type': 'application/json' } : {}), ...more };
    return { method, target, headers, ...(body ? { body: Buffer.from(JSON.stringify(body)) } : {}) };
  }
}
