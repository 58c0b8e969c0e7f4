import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Batched } from '@open-cpo/contracts';
import { Ambient, Log } from '@open-cpo/platform';
import type { ClientBase, QueryConfig } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { Pools } from '../connection/pools';
import { type Answer, askPrepared } from '../connection/prepared';
import { breaksConnection, worthRetrying } from '../errors/translate';
import { cursorIn, cursorOf, type RowOptions } from './cursor';
import { type Isolation, oneTransaction } from './one-transaction';
import { accountWithin, behind, overTheWall, within } from '../wall/wall';
import { behindWall } from './behind-wall';
import type { AfterCommit, Scope } from './scope';

export interface TransactionOptions {
  readonly isolation?: Isolation;
}

/** A value as the driver takes it. */
export type Param = string | number | boolean | bigint | Date | Uint8Array | null | undefined | readonly Param[];

type Query = QueryConfig<Param[]> & {
  readonly rowMode?: 'array';
  /** Of a list, which is checked to be bound to its account. */
  readonly list?: boolean;
};

/** Says of a statement without a name that it is one of a list, and bound to its account. */
export const LIST = Symbol('list');
export type Name = string | typeof LIST;

const TRIES = 4;

/** The one way to the database: what is asked inside `run` belongs to its transaction, everything else to the pool. */
@Injectable()
export class Transactions {
  private readonly scopes = new Ambient<Scope>();

  constructor(
    private readonly source: DataSource,
    private readonly pools: Pools,
    private readonly log: Log,
  ) {}

  /** The current transaction's, else the pool's. */
  get manager(): EntityManager {
    return this.scopes.value?.manager ?? this.source.manager;
  }

  get active(): boolean {
    return this.scopes.value !== undefined;
  }

  /**
   * Runs `work` in a transaction, or in the one that is under way. After a serialization failure or a deadlock it is
   * run again, so it must not do anything that a rollback does not undo.
   */
  async run<T>(work: () => Promise<T>, { isolation }: TransactionOptions = {}): Promise<T> {
    if (this.active) return work();
    for (let tries = 1; ; tries += 1) {
      let scope: Scope | undefined;
      try {
        const result = await oneTransaction(this.source, isolation, this.wall, (opened) => {
          scope = opened;
          return this.scopes.run(opened, work);
        });
        await this.settle(scope?.afterCommit ?? []);
        return result;
      } catch (error) {
        if (tries === TRIES || !worthRetrying(error)) throw error;
        await pause(Math.random() * 20 * 2 ** tries);
      }
    }
  }

  /**
   * Rows as they are, without entities. With a `name` the statement is prepared once a connection, which halves the
   * cost of a hot read; a name stands for one text for ever. `LIST` is for what must be planned with its parameters in
   * sight, and does without the wall as named ones do.
   */
  async query<T extends object>(text: string, params: readonly Param[] = [], name?: Name): Promise<T[]> {
    const list = name === LIST;
    const { rows } = await this.ask({ text, values: params as Param[], name: list ? undefined : name, list });
    return rows as T[];
  }

  /** The first row, if there is one. */
  async first<T extends object>(text: string, params: readonly Param[] = [], name?: Name): Promise<T | undefined> {
    return (await this.query<T>(text, params, name))[0];
  }

  /** Does `work` as the service itself: what it asks finds the rows of every account. */
  async asService<T>(work: () => Promise<T>): Promise<T> {
    const scope = this.scopes.value;
    const plain = (): Promise<T> => within(undefined, work);
    // Within such work already, the end of this one must not put the rest of it behind the wall.
    return scope?.walled && this.wall !== '' ? overTheWall(scope.client, this.pools.user, plain) : plain();
  }

  /**
   * The first row, whoever it belongs to: to tell what is somebody else's from what does not exist. Whoever asks has
   * to look at the row's account.
   */
  async firstOfAny<T extends object>(
    text: string,
    params: readonly Param[] = [],
    name?: string,
  ): Promise<T | undefined> {
    const ask = (): Promise<T | undefined> => this.first<T>(text, params, name);
    const scope = this.scopes.value;
    // With a name and outside of a transaction, or in one of the service's own, nothing stands before the rows of
    // others: asking twice for what is not there would only tell by the time it takes that it is not.
    if (scope ? !scope.walled : name) return ask();
    return (scope ? await ask() : undefined) ?? this.asService(ask);
  }

  /**
   * The driver's own answer: number of rows, rows as arrays. Hot reads, which are those with a name, and lists do
   * without the wall, which would cost them too much: that they name the account is checked instead.
   */
  async ask(query: Query): Promise<Answer> {
    const scope = this.scopes.value;
    if (scope) return asked(scope.client, query);
    const wall = query.name || query.list ? '' : this.wall;
    const client = await this.pools.reads.connect();
    let broken = false;
    try {
      return await (wall ? behindWall(client, wall, query) : asked(client, query));
    } catch (error) {
      broken = breaksConnection(error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** All rows, however many, in batches from one cursor and so from one moment. Left early, it is closed. */
  rows<T extends object>(text: string, params: readonly Param[] = [], options: RowOptions = {}): Batched<T> {
    const scope = this.scopes.value;
    if (scope) return new Batched(cursorIn<T>(scope.client, text, params, options));
    const { streams: pool, leases } = this.pools;
    const [first] = params;
    const account = options.list ? (typeof first === 'number' ? first : undefined) : accountWithin();
    const place = { pool, leases, account, wall: options.list ? '' : this.wall };
    return new Batched(cursorOf<T>(place, text, params, options));
  }

  private get wall(): string {
    return behind(this.pools.user, accountWithin());
  }

  /** Does `work` when the transaction has been committed and before its caller is answered. */
  afterCommit(work: AfterCommit): void {
    const scope = this.scopes.value;
    if (!scope) throw new Error('afterCommit() belongs inside of run().');
    scope.afterCommit.push(work);
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

function asked(client: ClientBase, query: Query): Promise<Answer> {
  const { name, text, values = [], rowMode } = query;
  return name ? askPrepared(client, { name, text, values, rowMode }) : client.query(query);
}
