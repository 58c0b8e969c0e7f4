import type { ClientBase } from 'pg';
import { askInOneTrip, type PipelineAnswer } from '../connection/pipeline';
import type { Statement } from '../connection/prepared';
import { sqlState } from '../errors/sql-state';

/** Statements of one round trip, which has the time limit of a query. */
const MOST = 64;

/**
 * Statements that are posted and not sent yet. They go with the next statement whose answer is waited for, or with
 * the commit, in one round trip and in its order. A connection has one thing to do at a time.
 */
export class Posted {
  private waiting: Statement[];
  private begun = false;
  private ended = false;
  private turn: Promise<unknown> = Promise.resolve();

  /** @param opening begins the transaction; it is sent with the first statement */
  constructor(
    private readonly client: ClientBase,
    private readonly opening: readonly Statement[],
  ) {
    this.waiting = [...opening];
  }

  /** Whether anything at all has been sent. */
  get isBegun(): boolean {
    return this.begun;
  }

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** Whether the transaction would do nothing. */
  get isIdle(): boolean {
    return !this.begun && this.waiting.length === this.opening.length;
  }

  add(statement: Statement): void {
    this.waiting.push(statement);
  }

  /** Asks with all that waits; answers what the asked ones were answered. */
  ask(asked: readonly Statement[]): Promise<readonly PipelineAnswer[]> {
    return this.inTurn(async () => {
      const statements = [...this.taken(), ...asked];
      const answers: PipelineAnswer[] = [];
      try {
        while (statements.length > 0) answers.push(...(await askInOneTrip(this.client, statements.splice(0, MOST))));
      } catch (error) {
        // Without an answer of PostgreSQL it is unknown what was sent, the beginning included.
        this.ended ||= !sqlState(error);
        throw error;
      }
      return answers.slice(-asked.length);
    });
  }

  /** Sends what waits, and waits for its answer. */
  async sent(): Promise<void> {
    if (!this.isEmpty) await this.ask([]);
  }

  /** Does what the driver or TypeORM does by itself, after all that waits. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await this.sent();
    return this.inTurn(work);
  }

  /** Rolls back after what is under way; whatever is asked afterwards is refused instead of being done without a transaction. */
  async rollback(): Promise<void> {
    this.ended = true;
    await this.turn;
    await this.client.query('ROLLBACK');
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(() => {
      if (this.ended) throw new Error('The transaction has ended.');
      return work();
    });
    this.turn = done.catch(() => undefined);
    return done;
  }

  private taken(): Statement[] {
    const taken = this.waiting;
    this.waiting = [];
    this.begun = true;
    return taken;
  }
}
