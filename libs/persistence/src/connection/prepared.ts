import * as driver from 'pg';
import type { ClientBase, QueryResult, Submittable } from 'pg';
import { types } from './types';

type Parser = (text: string) => unknown;

/** What a statement's rows are made of. */
export interface Shape {
  readonly fields: QueryResult['fields'];
  readonly parsers: readonly Parser[];
  /** A row of nulls, from which the next ones are copied. */
  readonly empty: Readonly<Record<string, unknown>>;
}

/** As much of the driver's connection as the extended query protocol needs (PostgreSQL: "Message Flow"). */
export interface Wire {
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
export const { prepareValue } = (driver as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils;

const shapes = new WeakMap<object, Map<string, Shape>>();

export function shapesOf(wire: Wire): Map<string, Shape> {
  const known = shapes.get(wire);
  if (known) return known;
  const made = new Map<string, Shape>();
  shapes.set(wire, made);
  return made;
}

/** Whose rows a statement finds: those of an account, in the role that row-level security holds. */
export interface RlsSettings {
  readonly account: number;
  readonly role: string;
}

/** For the implicit transaction of the statement that follows, which can only read. */
export const RLS_SETTINGS = {
  name: 'rls',
  text: `select set_config('app.account', $1, true), set_config('role', $2, true), set_config('transaction_read_only', 'on', true)`,
};

export interface Statement {
  /** Empty: it is not kept, and planned with its parameters in sight. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly rowMode?: 'array';
  readonly rls?: RlsSettings;
}

/** The part of the driver's result that is used of a statement with a name. */
export type Answer = Pick<QueryResult, 'rows' | 'fields' | 'rowCount'>;
export type Callback = (error: Error | null, answer?: Answer) => void;

/**
 * A statement with a name as the driver's `Query` runs it, but described once a connection: the driver has the columns
 * described with each execution and makes a row's form of them again, which costs more than the rows of a short answer.
 * They cannot change: PostgreSQL refuses a prepared statement whose columns have, and `Transactions` asks another connection.
 */
class Prepared implements Submittable {
  readonly name: string;
  /** Read by what traces queries. */
  readonly text: string;
  /** Set by the driver, and again where a query has a time limit. */
  callback?: Callback;
  private readonly rows: unknown[] = [];
  private shape?: Shape;
  private shapes?: Map<string, Shape>;
  private rowCount = 0;
  private failure?: Error;
  /** Whether the answer to the settings is still to come. */
  private setting: boolean;

  constructor(private readonly statement: Statement) {
    // Plans depend on the role, so that the same text in another role is another statement.
    this.name = statement.rls && statement.name ? `rls:${statement.name}` : statement.name;
    this.text = statement.text;
    this.setting = statement.rls !== undefined;
  }

  submit(connection: unknown): Error | null {
    const wire = connection as Wire;
    const { name, text } = this;
    const parsed = name === '' ? undefined : wire.parsedStatements[name];
    if (parsed !== undefined && parsed !== text) return new Error(`Two statements have the name ${name}.`);
    this.shapes = shapesOf(wire);
    this.shape = name === '' ? undefined : this.shapes.get(name);
    wire.stream.cork();
    try {
      const values = this.statement.values.map(prepareValue);
      if (this.statement.rls) limitTo(this.statement.rls, wire);
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
    this.shape = shapeOf(fields);
    if (this.name !== '') this.shapes?.set(this.name, this.shape);
  }

  handleDataRow({ fields: texts }: { readonly fields: readonly (string | null)[] }): void {
    if (this.setting || !this.shape || this.failure) return;
    try {
      this.rows.push(rowOf(this.shape, texts, this.statement.rowMode));
    } catch (error) {
      this.failure = error as Error;
    }
  }

  /** `SELECT 15`, `INSERT 0 1`. */
  handleCommandComplete({ text }: { readonly text: string }): void {
    if (this.setting) this.setting = false;
    else this.rowCount = Number(text.slice(text.lastIndexOf(' ') + 1));
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

/** In the same implicit transaction as what follows, and without a round trip of its own. */
function limitTo({ account, role }: RlsSettings, wire: Wire): void {
  if (wire.parsedStatements[RLS_SETTINGS.name] === undefined)
    throw new Error('The connection has not prepared its settings.');
  wire.bind({ statement: RLS_SETTINGS.name, values: [String(account), role] });
  wire.execute({});
}

export function shapeOf(fields: Shape['fields']): Shape {
  const parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text') as Parser);
  return { fields, parsers, empty: Object.fromEntries(fields.map(({ name }) => [name, null])) };
}

export const rowOf = (shape: Shape, texts: readonly (string | null)[], mode: 'array' | undefined): unknown =>
  mode ? listed(shape, texts) : named(shape, texts);

const valueOf = (text: string | null | undefined, parser: Parser | undefined): unknown =>
  text === null || text === undefined || !parser ? null : parser(text);

const listed = ({ parsers }: Shape, texts: readonly (string | null)[]): unknown[] =>
  texts.map((text, index) => valueOf(text, parsers[index]));

function named({ fields, parsers, empty }: Shape, texts: readonly (string | null)[]): Record<string, unknown> {
  const row = { ...empty };
  for (let i = 0; i < fields.length; i += 1) row[(fields[i] as { name: string }).name] = valueOf(texts[i], parsers[i]);
  return row;
}

/** Prepares the settings of row-level security on a new connection; outside of a transaction they end at once. */
export async function prepareRls(client: ClientBase): Promise<void> {
  await client.query({ ...RLS_SETTINGS, values: ['0', 'none'] });
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
