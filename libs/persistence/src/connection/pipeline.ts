import type { ClientBase, Submittable } from 'pg';
import {
  type Answer,
  type Callback,
  prepareValue,
  rowOf,
  type Shape,
  shapeOf,
  shapesOf,
  type Statement,
  type Wire,
} from './prepared';

/** The answer to one statement of several. */
export interface PipelineAnswer extends Answer {
  /** `COMMIT`, `INSERT`. */
  readonly command: string;
}

/** Of statements that answer no rows, so that they are not described again. */
const NO_ROWS = shapeOf([]);

/**
 * Several statements in one round trip, answered one after the other: those behind one that fails are not run, and its
 * error is that of all. They end in one `Sync`, so that the driver sees a single query (its own pipelining sends queries of
 * others behind one that is slow).
 */
class Pipeline implements Submittable {
  /** Set by the driver, and again where a query has a time limit. */
  callback?: Callback;
  readonly answers: PipelineAnswer[] = [];
  private rows: unknown[] = [];
  private shape?: Shape;
  private shapes?: Map<string, Shape>;
  private failure?: Error;

  constructor(readonly statements: readonly Statement[]) {}

  /** Of the statement that is being answered: the driver keeps the names of those that were parsed. */
  get name(): string {
    return this.current?.name ?? '';
  }

  get text(): string {
    return this.current?.text ?? '';
  }

  private get current(): Statement | undefined {
    return this.statements[this.answers.length];
  }

  submit(connection: unknown): Error | null {
    const wire = connection as Wire;
    const parsed = new Map<string, string>();
    let values: unknown[][];
    try {
      values = this.statements.map((statement) => statement.values.map(prepareValue));
      for (const { name, text } of this.statements) {
        const known = parsed.get(name) ?? wire.parsedStatements[name];
        if (name !== '' && known !== undefined && known !== text)
          throw new Error(`Two statements have the name ${name}.`);
        parsed.set(name, text);
      }
    } catch (error) {
      // Nothing has been sent yet.
      return error as Error;
    }
    this.shapes = shapesOf(wire);
    const fresh = new Set<string>();
    wire.stream.cork();
    try {
      this.statements.forEach(({ name, text }, index) => {
        if (name === '' || (wire.parsedStatements[name] === undefined && !fresh.has(name))) wire.parse({ name, text });
        wire.bind({ statement: name, values: values[index] ?? [] });
        if (name === '' || (!this.shapes?.has(name) && !fresh.has(name))) wire.describe({ type: 'P', name: '' });
        fresh.add(name);
        wire.execute({});
      });
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
    return null;
  }

  handleRowDescription({ fields }: Pick<Shape, 'fields'>): void {
    this.shape = shapeOf(fields);
    if (this.name !== '') this.shapes?.set(this.name, this.shape);
  }

  handleDataRow({ fields: texts }: { readonly fields: readonly (string | null)[] }): void {
    const shape = (this.shape ??= this.shapes?.get(this.name));
    if (!shape || this.failure) return;
    try {
      this.rows.push(rowOf(shape, texts, this.current?.rowMode));
    } catch (error) {
      this.failure = error as Error;
    }
  }

  /** `SELECT 15`, `INSERT 0 1`, `COMMIT`. */
  handleCommandComplete({ text }: { readonly text: string }): void {
    const { name, rows } = this;
    const shape = this.shape ?? (name === '' ? undefined : this.shapes?.get(name));
    if (!shape && name !== '') this.shapes?.set(name, NO_ROWS);
    const [command = ''] = text.split(' ', 1);
    const rowCount = Number(text.slice(text.lastIndexOf(' ') + 1));
    const answer = { rows: rows as Answer['rows'], fields: (shape ?? NO_ROWS).fields, rowCount, command };
    this.answers.push({ ...answer, rowCount: Number.isNaN(rowCount) ? null : rowCount });
    this.rows = [];
    this.shape = undefined;
  }

  handleEmptyQuery(): void {
    this.failure = new Error(`The statement ${this.name} has no text.`);
  }

  /** The error says which statement failed. */
  handleError(error: Error): void {
    this.callback?.(this.failure ?? Object.assign(error, { statement: this.name }));
  }

  handleReadyForQuery(): void {
    this.callback?.(this.failure ?? null);
  }
}

/**
 * Runs statements in their order and in one round trip.
 * @throws the error of the first that fails; those behind it were not run
 */
export function askInOneTrip(client: ClientBase, statements: readonly Statement[]): Promise<readonly PipelineAnswer[]> {
  return new Promise((resolve, reject) => {
    const pipeline = new Pipeline(statements);
    const answered: Callback = (error) => (error ? reject(error) : resolve(pipeline.answers));
    (client.query as (query: Submittable, callback: Callback) => unknown).call(client, pipeline, answered);
  });
}
