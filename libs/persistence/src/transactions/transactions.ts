import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Batched } from '@open-cpo/contracts';
import { AsyncContext, Log } from '@open-cpo/platform';
import type { ClientBase } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { Pools } from '../connection/pools';
import { type Answer, type RlsSettings } from '../connection/prepared';
import { isStalePlan, worthRetrying } from '../errors/translate';
import { asked, askedIn, onConnection, rowsIn, type Param, type Query, statementIn } from './asking';
import { ReadReplica } from '../replicas/read-replica';
import { cursorOf, type RowOptions, type StreamRls } from './cursor';
import { oneTransaction, type TransactionOptions } from './one-transaction';
import { accountWithin, rlsSqlFor, callersOf, bypassRls, within } from '../rls/rls';
import { type AcrossAccounts, belonging, type OfAccount, type OwnedRead } from '../rls/across-accounts';
import { comparedWithRls, type ExemptRead, type OwnAccount } from '../rls/exempt';
import type { AfterCommit, AuditDuty, Scope } from './scope';

export type { Param } from './asking';

const TRIES = 4;
/** More than a pool has connections, each of which may have the same stale statement. */
const STALE_TRIES = 32;

/** The one way to the database: what is asked inside `run` belongs to its transaction, everything else to the pool. */
@Injectable()
export class Transactions {
  private readonly scopes = new AsyncContext<Scope>();

  constructor(
    private readonly source: DataSource,
    private readonly pools: Pools,
    private readonly log: Log,
    private readonly replica: ReadReplica,
  ) {}

  /** The current transaction's, else the pool's. */
  get manager(): EntityManager {
    return this.scopes.value?.manager ?? this.source.manager;
  }

  get active(): boolean {
    return this.scopes.value !== undefined;
  }

  /** What the transaction under way has still to leave in the audit log. */
  get auditDuty(): AuditDuty | undefined {
    return this.scopes.value?.audit;
  }

  /**
   * Runs `work` in a transaction, or in the one that is under way. After a serialization failure or a deadlock it is
   * run again, so it must not do anything that a rollback does not undo.
   */
  async run<T>(work: () => Promise<T>, { isolation, audit }: TransactionOptions = {}): Promise<T> {
    if (this.active) return work();
    for (let tries = 1, stale = 1; ;) {
      let scope: Scope | undefined;
      try {
        const result = await oneTransaction(this.source, isolation, this.rls, (opened) => {
          scope = audit ? { ...opened, audit: { actions: audit, done: audit.length === 0 } } : opened;
          return this.scopes.run(scope, work);
        });
        await this.settle(scope?.afterCommit ?? []);
        return result;
      } catch (error) {
        if (isStalePlan(error) && (stale += 1) <= STALE_TRIES) continue;
        if (tries === TRIES || !worthRetrying(error)) throw error;
        await pause(Math.random() * 20 * 2 ** tries);
        tries += 1;
      }
    }
  }

  /** Sends what was posted and waits for it, in the transaction that is under way. */
  sent = async (): Promise<void> => this.scopes.value?.posted.sent();

  /**
   * Rows as they are, without entities. With a `name` the statement is prepared once a connection, which halves the
   * cost of a frequent read; a name stands for one text for ever.
   */
  async query<T extends object>(text: string, params: readonly Param[] = [], name?: string): Promise<T[]> {
    const { rows } = await this.ask({ text, values: params as Param[], name });
    return rows as T[];
  }

  /**
   * Posts a statement whose result is not awaited: it goes with the next statement of the transaction, or with its commit,
   * without a round trip of its own. Where it fails, those fail with its error.
   */
  post(text: string, params: readonly Param[], name: string): void {
    const scope = this.scopes.value;
    if (!scope) throw new Error('post() belongs inside of run().');
    scope.posted.add(statementIn(scope, { text, values: params as Param[], name }));
  }

  /** Asks several things of the current transaction in one round trip. Each sees what was committed until it begins. */
  async together(queries: readonly Query[]): Promise<readonly Answer[]> {
    const scope = this.scopes.value;
    if (!scope) throw new Error('together() belongs inside of run().');
    return scope.posted.ask(queries.map((query) => statementIn(scope, query)));
  }

  /** The first row, if there is one. */
  async first<T extends object>(text: string, params: readonly Param[] = [], name?: string): Promise<T | undefined> {
    return (await this.query<T>(text, params, name))[0];
  }

  /** Does `work` as the service itself: what it asks finds the rows of every account. */
  async asService<T>(work: () => Promise<T>): Promise<T> {
    const scope = this.scopes.value;
    const plain = (): Promise<T> => within(undefined, work);
    // Within such work already, the end of this one must not put the rest of it under row-level security.
    if (!scope?.underRls || accountWithin() === undefined) return plain();
    await scope.posted.sent();
    return bypassRls(scope.client, this.pools.user, async () => {
      const result = await plain();
      await scope.posted.sent();
      return result;
    });
  }

  /**
   * One row of the account, told from another account's.
   * @throws Refusal `not_found`, or `forbidden` for another account's
   */
  async owned<T extends OfAccount>(read: OwnedRead, accountId: number, params: readonly Param[]): Promise<T> {
    return belonging(await this.firstAcrossAccounts<T>(read, params), accountId);
  }

  async firstAcrossAccounts<T extends object>(
    { text, name }: AcrossAccounts,
    params: readonly Param[] = [],
  ): Promise<T | undefined> {
    const ask = (): Promise<T | undefined> => this.first<T>(text, params, name);
    const scope = this.scopes.value;
    // Outside of a transaction, or in one of the service's own, asking twice for what is not there would only tell by
    // the time it takes that it is not.
    return (scope?.underRls ? await ask() : undefined) ?? this.asService(ask);
  }

  /** The driver's own answer: number of rows, rows as arrays. */
  async ask(query: Query): Promise<Answer> {
    const scope = this.scopes.value;
    if (scope) return askedIn(scope, query);
    const { rls } = this;
    return this.read((client) => asked(client, query, rls), rls?.account);
  }

  /**
   * The same without row-level security, for reads that it would make dearer than the benchmark allows (ADR 8). The account
   * is `$1` and in the WHERE clause. Tests compare every answer with the one under row-level security.
   */
  async askExempt(query: Query & { readonly values: readonly [OwnAccount, ...Param[]] }): Promise<Answer> {
    const scope = this.scopes.value;
    if (scope) return askedIn(scope, query);
    const [account] = query.values;
    const compared = this.pools.comparesExempt;
    return this.read(
      (client) => (compared ? comparedWithRls(client, query, this.rlsOf(account)) : asked(client, query)),
      account,
    );
  }

  /** Rows of `askExempt`. */
  async exempt<T extends object>({ text, name }: ExemptRead, account: OwnAccount, ...params: Param[]): Promise<T[]> {
    const { rows } = await this.askExempt({ text, name, values: [account, ...params] });
    return rows as T[];
  }

  /** At a replica where it may answer for the account; the service's own reads are the primary's. */
  private async read(ask: (client: ClientBase) => Promise<Answer>, account?: number): Promise<Answer> {
    const answer = account === undefined ? undefined : await this.replica.read(account, ask);
    if (answer) return answer;
    for (let tries = 1; ; tries += 1) {
      try {
        return await onConnection(this.pools.reads, ask);
      } catch (error) {
        if (tries === STALE_TRIES || !isStalePlan(error)) throw error;
      }
    }
  }

  /** All rows, however many, in batches from one cursor and so from one moment. Left early, it is closed. */
  rows<T extends object>(text: string, params: readonly Param[] = [], options: RowOptions = {}): Batched<T> {
    const rls = () => ({ account: accountWithin(), rlsSql: rlsSqlFor(this.pools.user, accountWithin()) });
    return new Batched(this.cursor<T>(rls, text, params, options));
  }

  /** The same for a read that is exempt from row-level security, see `askExempt`. */
  rowsExempt<T extends object>(
    text: string,
    params: readonly [OwnAccount, ...Param[]],
    options: RowOptions = {},
  ): Batched<T> {
    const batches = this.cursor<T>(() => ({ account: params[0], rlsSql: '' }), text, params, options);
    const compares = this.pools.comparesExempt && !this.active;
    return new Batched(compares ? this.comparedBatches(text, params, batches) : batches);
  }

  private cursor<T extends object>(rls: () => StreamRls, text: string, params: readonly Param[], options: RowOptions) {
    const scope = this.scopes.value;
    if (scope) return rowsIn<T>(scope, text, params, options);
    const { streams: pool, leases } = this.pools;
    return cursorOf<T>({ pool, leases, ...rls() }, text, params, options);
  }

  private async *comparedBatches<T>(
    text: string,
    params: readonly [OwnAccount, ...Param[]],
    batches: AsyncIterable<T>,
  ) {
    const digest = `select md5(coalesce(string_agg(md5(t::text), ''), '')) from (${text}) t`;
    await this.askExempt({ text: digest, values: [...params] });
    yield* batches;
  }

  private get rls(): RlsSettings | undefined {
    const account = accountWithin();
    return account === undefined ? undefined : this.rlsOf(account);
  }

  private rlsOf(account: number): RlsSettings {
    return { account, role: callersOf(this.pools.user) };
  }

  /** Has the account's reads see what is committed here as soon as it is, also where replicas answer them. */
  shownAtOnce(accountId: number): void {
    this.afterCommit(() => this.replica.written(accountId));
  }

  /** Does `work` when the transaction has been committed and before its caller is answered. */
  afterCommit(work: AfterCommit): void {
    if (!this.scopes.value) throw new Error('afterCommit() belongs inside of run().');
    this.scopes.value.afterCommit.push(work);
  }

  /** What is committed is committed: its aftermath can fail, its answer cannot. */
  private async settle(works: readonly AfterCommit[]): Promise<void> {
    for (const work of works) {
      try {
        await work();
      } catch (error) {
        this.log.error('What follows a commit failed', { error });
      }
    }
  }
}
