import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndexOnline, dropIndexOnline, inRanges, inTransaction } from '../migrations/online';

/** How the rows of a table are searched. */
export interface SearchRule {
  /** Columns that the texts are made of. */
  readonly columns: readonly string[];
  /** What is searched, where that is not each column for itself; `new` is the row. */
  readonly texts?: readonly string[];
  /** Rows in the index: `where deleted_at is null`. */
  readonly where?: string;
  /** Indexes that the new one replaces, by name, as they were made: `on workers (account_id)`. */
  readonly replaces: Readonly<Record<string, string>>;
}

/**
 * Gives tables a column `search_text` with the folded texts that their lists are searched by, and a trigram index over
 * it. A trigger keeps the column, and not a generated column: TypeORM compares those by a table of its own. Each text
 * is on a line of its own, so that no search matches across two, and begins with a blank, by which the beginnings of
 * words are found. The service goes on meanwhile: rows are filled by ranges of `id`, indexes are made concurrently.
 */
export abstract class SearchedTables implements MigrationInterface {
  readonly transaction = false;
  abstract readonly tables: Readonly<Record<string, SearchRule>>;

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, rule] of Object.entries(this.tables)) await search(runner, table, rule);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, { replaces }] of Object.entries(this.tables)) {
      await runner.query(`drop trigger search_text on ${table}`);
      await runner.query(`drop function ${table}_search_text`);
      await runner.query(`alter table ${table} drop column search_text`);
      for (const [name, definition] of Object.entries(replaces)) {
        await runner.query(`create index ${name} ${definition}`);
      }
    }
  }
}

async function search(runner: QueryRunner, table: string, rule: SearchRule): Promise<void> {
  await inTransaction(runner, async () => {
    for (const statement of kept(table, rule)) await runner.query(statement);
  });
  // By the trigger, rows from before it.
  const [column] = rule.columns;
  const fill = `update ${table} set ${column} = ${column} where id > $1 and id <= $2 and search_text is null`;
  await inRanges(runner, table, [fill]);
  for (const statement of required(table)) await runner.query(statement);
  const where = rule.where ?? '';
  // The new index has the name of one that it replaces, or of its own from a try that was not recorded.
  await createIndexOnline(runner, `${table}_search_text`, `on ${table} using gin (search_text gin_trgm_ops) ${where}`);
  for (const name of [...Object.keys(rule.replaces), `${table}_search`]) await dropIndexOnline(runner, name);
  await runner.query(`alter index if exists ${table}_search_text rename to ${table}_search`);
}

/** The column, and the trigger that keeps it. */
function kept(table: string, { columns, texts }: SearchRule): string[] {
  const lines = (texts ?? columns.map((column) => `new.${column}`)).map((text) => `E'\\n ' || search_fold(${text})`);
  return [
    `alter table ${table} add column if not exists search_text text`,
    `create or replace function ${table}_search_text() returns trigger language plpgsql set search_path = pg_catalog, public as $$
    begin
      new.search_text := concat(${lines.join(', ')});
      return new;
    end $$`,
    `create or replace trigger search_text before insert or update of ${columns.join(', ')} on ${table}
      for each row execute function ${table}_search_text()`,
  ];
}

/** Of all rows, which are looked at while they are read and written. */
const required = (table: string): string[] => [
  `alter table ${table} drop constraint if exists search_text_known`,
  `alter table ${table} add constraint search_text_known check (search_text is not null) not valid`,
  `alter table ${table} validate constraint search_text_known`,
  `alter table ${table} alter column search_text set not null`,
  `alter table ${table} drop constraint search_text_known`,
];
