import { migrate } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { Client } from 'pg';
import { SERVICES } from './services.spec-helper';

/** Tables whose rows the callers' role reads whoever asks, and why. Everything else is bound to an account, or hidden. */
const EVERYBODYS: Readonly<Record<string, string>> = {
  idempotency_keys: 'a row is found by a digest of the secret that the client chose, and sealed with it',
  amenities: 'a catalogue',
  charger_types: 'a catalogue',
  connector_types: 'a catalogue',
  countries: 'a catalogue',
  currencies: 'a catalogue',
  currency_rates: 'public figures',
};

describe.each(Object.entries(SERVICES))('the tables of %s', (name, optionsOf) => {
  let db: TestDatabase;
  let service: Client;

  beforeAll(async () => {
    db = await testDatabase(`rls_${name}`);
    await migrate(optionsOf(db.ownerUrl));
    service = new Client({ connectionString: db.url });
    await service.connect();
  });
  afterAll(async () => {
    await service.end();
    await db.drop();
  });

  /** The message with which a statement of the runtime role is refused. */
  const refusal = async (text: string): Promise<string> => {
    await service.query('begin');
    return service
      .query(text)
      .then(
        () => 'done',
        (error: Error) => error.message,
      )
      .finally(() => service.query('rollback'));
  };
  const tables = () =>
    db.query<{ name: string; secured: boolean; rules: string[] }>(
      `select t.relname as name, t.relrowsecurity as secured, array(
         select p.polcmd::text || ':' || coalesce(pg_get_expr(p.polqual, t.oid), pg_get_expr(p.polwithcheck, t.oid))
         from pg_policy p where p.polrelid = t.oid) as rules
       from pg_class t where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') order by 1`,
    );

  it('are all under row-level security, and say which account a row is of unless they are listed with a reason', async () => {
    const all = await tables();
    expect(all.filter(({ secured }) => !secured).map((table) => table.name)).toEqual([]);
    const open = all.filter(({ rules }) => rules.some((rule) => /^[^a].*:true$/.test(rule)));
    expect(open.map((table) => table.name).filter((table) => !(table in EVERYBODYS))).toEqual([]);
    expect(all.filter(({ rules }) => rules.length > 0).length).toBeGreaterThan(3);
  });

  it('are not the runtime role’s: it cannot change, empty or drop them, nor give itself rights', async () => {
    const [{ owned } = { owned: -1 }] = (
      await service.query<{ owned: number }>(
        `select count(*)::int as owned from pg_shdepend
         where refobjid = to_regrole(current_user) and refclassid = 'pg_authid'::regclass and deptype = 'o'`,
      )
    ).rows;
    expect(owned).toBe(0);
    for (const { name: table } of await tables()) {
      for (const statement of [
        `alter table ${table} disable trigger all`,
        `alter table ${table} disable row level security`,
        `drop table ${table} cascade`,
        `create rule nothing as on insert to ${table} do instead nothing`,
        `create table child () inherits (${table})`,
        `truncate ${table}`,
        `create trigger t before insert on ${table} for each row execute function suppress_redundant_updates_trigger()`,
      ]) {
        expect([statement, await refusal(statement)]).toEqual([
          statement,
          expect.stringMatching(/must be owner|permission denied/),
        ]);
      }
      await service.query(`grant all on ${table} to current_user`).catch(() => undefined);
    }
    expect(await refusal('delete from audit_log')).toMatch('permission denied');
    expect(await refusal('update audit_log set user_id = 1')).toMatch('permission denied');
    expect(await refusal(`insert into migrations (timestamp, name) values (1, 'x')`)).toMatch('permission denied');
    expect(await refusal('create table public.mine (id int)')).toMatch('permission denied');
    expect(await refusal('create temp table mine (id int)')).toMatch('permission denied');
    expect(await refusal('set session_replication_role = replica')).toMatch('permission denied');
    expect(await refusal(`set role "${new URL(db.ownerUrl).username}"`)).toMatch('permission denied');
  });

  it('take rights for the runtime role also when they are made later', async () => {
    await db.query('create table later (id int generated always as identity, name text)');
    await service.query(`insert into later (name) values ('one')`);
    expect((await service.query('select name from later')).rows).toEqual([{ name: 'one' }]);
    await db.query('drop table later');
  });
});
