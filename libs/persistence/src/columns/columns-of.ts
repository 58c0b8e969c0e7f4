import { getMetadataArgsStorage } from 'typeorm';

declare const ROW: unique symbol;

/** A select list, and the type of the rows that it reads. */
export type SelectList<Row> = string & { readonly [ROW]: Row };

/** The type of the rows that a select list reads. */
export type RowOf<S> = S extends SelectList<infer Row> ? Row : never;

type Entity<E> = new () => E;
/** The words of a text. */
type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Words<Rest> : S;
/** Texts whose words are all names of an entity's properties. */
type NamesIn<E, S extends string> = Words<S> extends keyof E ? S : `no column in: ${S}`;

/**
 * Columns of a table under an alias, as its TypeORM entity declares them: `columnsOf(Key, 'k', 'id accountId')` is
 * `k.id, k.account_id as "accountId"`.
 */
export const columnsOf = <E extends object, const S extends string>(
  entity: Entity<E>,
  alias: string,
  ...names: (S & NamesIn<E, S>)[]
): SelectList<Readonly<Pick<E, Words<S> & keyof E>>> => listOf(entity, alias, wordsOf(names)) as never;

/** All columns but some; relations, and columns that entities do not select, have to be named among those. */
export const columnsBut = <E extends object, const S extends string>(
  entity: Entity<E>,
  alias: string,
  ...others: (S & NamesIn<E, S>)[]
): SelectList<Readonly<Omit<E, Words<S>>>> => {
  const left = wordsOf(others);
  return listOf(
    entity,
    alias,
    [...declaredOf(entity).keys()].filter((name) => !left.includes(name)),
  ) as never;
};

const wordsOf = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split(' '));

function listOf(entity: Entity<object>, alias: string, names: readonly string[]): string {
  const columns = declaredOf(entity);
  return names.map((name) => sql(alias, name, columns.get(name))).join(', ');
}

/** The names of columns by those of their properties. */
const declaredOf = (entity: Entity<object>): ReadonlyMap<string, string> =>
  new Map(
    getMetadataArgsStorage()
      .columns.filter(({ target }) => target === entity)
      .map(({ propertyName, options }) => [propertyName, options.name ?? propertyName]),
  );

function sql(alias: string, property: string, column: string | undefined): string {
  if (column === undefined) throw new Error(`The entity has no column ${property}.`);
  return column === property ? `${alias}.${column}` : `${alias}.${column} as "${property}"`;
}
