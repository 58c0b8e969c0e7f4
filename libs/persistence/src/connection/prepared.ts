import * as driver from 'pg';
import type { ClientBase, QueryResult, Submittable } from 'pg';
import { types } from './types';

type Parser = (text: string) => unknown;

/** What a statement's rows are made of. */
interface Shape {
  readonly fields: QueryResult['fields'];
  readonly parsers: readonly Parser[];
  /** A row of nulls, from which the next ones are copied. */
  readonly empty: Readonly<Record<string, unknown>>;
}

/** As much of the driver's connection as the extended query protocol needs (PostgreSQL: "Message Flow"). */
interface Wire {
  /** Names of the statements that this connection has, with their texts. */
  readonly parsedStatements: Readonly<Record<string, string>>;
  readonly stream: { cork(): void; uncork(): void };
  parse(statement: { name: string; text: string }): void;
  bind(portal: { statement: string; values: readonly unknown[] }): void;
  describe(portal: { type: 'P'; name: string }): void;
  execute(portal: object): void;
  sync(): void;
}

// As the driver's own cursors and streams do it; its types leave it out.
const { prepareValue } = (driver as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils;

const shapes = new WeakMap<object, Map<string, Shape>>();

function shapesOf(wire: Wire): Map<string, Shape> {
  const known = shapes.get(wire);
  if (known) return known;
  const made = new Map<string, Shape>();
  shapes.set(wire, made);
  return made;
}

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly rowMode?: 'array';
}

/** The part of the driver's result that is used of a statement with a name. */
export type Answer = Pick<QueryResult, 'rows' | 'fields' | 'rowCount'>;
type Callback = (error: Error | null, answer?: Answer) => void;

/**
 * A statement with a name as the driver's `Query` runs it, but described once a connection: the driver has the columns
 * described with each execution and makes a row's form of them anew, which costs more than the rows of a short answer.
 * They cannot change: PostgreSQL refuses a prepared statement whose columns have.
 */
class Prepared implements Submittable {
  readonly name: string;
  /** Read by what traces queries. */
  readonly text: string;
  /** Set by the driver, and set anew where a query has a time limit. */
  callback?: Callback;
  private readonly rows: unknown[] = [];
  private shape?: Shape;
  private shapes?: Map<string, Shape>;
  private rowCount = 0;
  private failure?: Error;

  constructor(private readonly statement: Statement) {
    this.name = statement.name;
    this.text = statement.text;
  }

  submit(connection: unknown): Error | null {
    const wire = connection as Wire;
    const { name, text } = this.statement;
    const parsed = wire.parsedStatements[name];
    if (parsed !== undefined && parsed !== text) return new Error(`Two statements have the name ${name}.`);
    this.shapes = shapesOf(wire);
    this.shape = this.shapes.get(name);
    wire.stream.cork();
    try {
      const values = this.statement.values.map(prepareValue);
      if (parsed === undefined) wire.parse({ name, text });
      wire.bind({ statement: name, values });
      if (!this.shape) wire.describe({ type: 'P', name: '' });
      wire.execute({});
      wire.sync();
    } catch (error) {
      // Of a value that cannot be written: nothing has been sent yet.
      return error as Error;
    } finally {
      wire.stream.uncork();
    }
    return null;
  }

  handleRowDescription({ fields }: Pick<Shape, 'fields'>): void {
    const parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text') as Parser);
    const empty = Object.fromEntries(fields.map(({ name }) => [name, null]));
    this.shape = { fields, parsers, empty };
    this.shapes?.set(this.name, this.shape);
  }

  handleDataRow({ fields: texts }: { readonly fields: readonly (string | null)[] }): void {
    if (!this.shape || this.failure) return;
    try {
      this.rows.push(this.statement.rowMode ? listed(this.shape, texts) : named(this.shape, texts));
    } catch (error) {
      this.failure = error as Error;
    }
  }

  /** `SELECT 15`, `INSERT 0 1`. */
  handleCommandComplete({ text }: { readonly text: string }): void {
    this.rowCount = Number(text.slice(text.lastIndexOf(' ') + 1));
  }

  handleEmptyQuery(): void {
    this.failure = new Error(`The statement ${this.name} has no text.`);
  }

  handleError(error: Error): void {
    this.callback?.(this.failure ?? error);
  }

  handleReadyForQuery(): void {
    if (this.failure) return this.callback?.(this.failure);
    const { rows, rowCount, shape } = this;
    this.callback?.(null, { rows: rows as Answer['rows'], fields: shape?.fields ?? [], rowCount });
  }
}

const valueOf = (text: string | null | undefined, parser: Parser | undefined): unknown =>
  text === null || text === undefined || !parser ? null : parser(text);

const listed = ({ parsers }: Shape, texts: readonly (string | null)[]): unknown[] =>
  texts.map((text, index) => valueOf(text, parsers[index]));

function named({ fields, parsers, empty }: Shape, texts: readonly (string | null)[]): Record<string, unknown> {
  const row = { ...empty };
  for (let i = 0; i < fields.length; i += 1) row[(fields[i] as { name: string }).name] = valueOf(texts[i], parsers[i]);
  return row;
}

/** Runs a statement that the connection remembers by its name; a name stands for one text for ever. */
export function askPrepared(client: ClientBase, statement: Statement): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answered: Callback = (error, answer) => (error ? reject(error) : resolve(answer as Answer));
    (client.query as (query: Submittable, callback: Callback) => unknown).call(
      client,
      new Prepared(statement),
      answered,
    );
  });
}
