import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { Column, Entity, Index, type MigrationInterface, PrimaryGeneratedColumn, type QueryRunner } from 'typeorm';
import { caller, startReplica } from '../fixture/replica';
import { Audit, DecimalColumn, migrate, migrateOrWait, pendingChanges, UsdColumn } from '../index';

@Entity('tariffs')
class Tariff {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' })
  id: number;

  @Index('tariffs_account')
  @Column('int', { name: 'account_id' })
  accountId: number;

  @Column('text')
  name: string;

  @UsdColumn({ default: 0 })
  price: string;

  @DecimalColumn(12, 4, { nullable: true })
  energy: string | null;
}

class Tariffs1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table tariffs (
      id int generated always as identity constraint "PK_f7974af1c8abe85b5e2f4d7ac0b" primary key,
      account_id int not null, name text not null, price numeric(28,8) not null default 0, energy numeric(12,4))`);
    await runner.query('create index tariffs_account on tariffs (account_id)');
    await runner.query('create index tariffs_search on tariffs using gin (lower(name) gin_trgm_ops)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table tariffs');
  }
}

class Waits1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tariffs add column later int');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table tariffs drop column later');
  }
}

class Fails1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table half (id int)');
    await runner.query('select 1 / 0');
  }
  async down(): Promise<void> {
    throw new Error('never');
  }
}

let database: TestDatabase;
beforeEach(async () => (database = await testDatabase('migrations')));
afterEach(() => database.drop());

const options = (...more: (new () => MigrationInterface)[]) => ({
  name: 'migrations',
  url: database.url,
  entities: [Tariff],
  migrations: [Tariffs1700000000001, ...more],
});

const owning = (...more: (new () => MigrationInterface)[]) => ({ ...options(...more), url: database.ownerUrl });

describe('migrating', () => {
  it('makes this library’s tables, then the service’s, once', async () => {
    expect(await migrate(owning())).toEqual([
      'PersistenceTables1700000000000',
      'Tariffs1700000000001',
      'PersistenceRls1700000000100',
      'AuditChain1700000000200',
      'SetAsideTables1700000000300',
      'AuditTrailIndexes1700000000400',
      'AuditPersonal1700000000500',
      'SearchFunctions1700000000600',
      'ParkedStoredAt1700000000700',
      'PartitionFunctions1700000000800',
      'OutboxPartitions1700000000810',
      'AuditPartitions1700000000820',
    ]);
    expect(await migrate(owning())).toEqual([]);
  });

  it('happens once when several start at once', async () => {
    const ran = await Promise.all([migrate(owning()), migrate(owning()), migrate(owning())]);
    expect(ran.map(({ length }) => length).sort()).toEqual([0, 0, 12]);
  });

  it('passes over a column that a database has by an earlier name of its migration', async () => {
    await migrate(owning());
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(
      `update migrations set name = 'ParkedStoredAt1796040500000', "timestamp" = 1796040500000 where name like 'ParkedStoredAt%'`,
    );
    await owner.end();
    expect(await migrate(owning())).toEqual(['ParkedStoredAt1700000000700']);
  });

  it('steps back from a lock that the running service holds, and comes again', async () => {
    await migrate(owning());
    await database.query('begin');
    await database.query('select from tariffs');
    const migrating = migrate(owning(Waits1700000000002));
    await new Promise((resolve) => setTimeout(resolve, 2300));
    await database.query('commit');
    expect(await migrating).toEqual(['Waits1700000000002']);
  });

  it('that fails leaves nothing of the failed migration behind', async () => {
    await expect(migrate(owning(Fails1700000000003))).rejects.toThrow('division by zero');
    expect(
      await database.query(`select to_regclass('half') as half, to_regclass('tariffs') is not null as rest`),
    ).toEqual([{ half: null, rest: true }]);
  });
});

describe('the roles', () => {
  const runtime = () => new URL(database.url).username;
  const ownersOfTables = () =>
    database.query<{ owner: string }>(`select distinct tableowner as owner from pg_tables where schemaname = 'public'`);

  it('are told apart: the service’s own cannot migrate', async () => {
    await expect(migrate(options())).rejects.toThrow('Migrations run as the role that owns the tables');
  });

  it('must be as an administrator makes them', async () => {
    await database.administer(`alter role "${runtime()}" nobypassrls`);
    await expect(migrate(owning())).rejects.toThrow('Make the roles first');
    await database.administer(`alter role "${runtime()}" bypassrls; grant "${runtime()}_owner" to postgres`);
    await database.administer(
      `revoke "${runtime()}" from "${runtime()}_owner"; grant "${runtime()}_owner" to "${runtime()}"`,
    );
    await expect(migrate(owning())).rejects.toThrow('The runtime role must not be its owner');
  });

  it('change when an older version left the tables to the service, which goes on while they do', async () => {
    await migrate(owning());
    // As it was: one role had everything, and had taken rights from itself where rows never change.
    await database.force(`reassign owned by "${runtime()}_owner" to "${runtime()}"`);
    await database.force(`grant all on schema public to "${runtime()}"`);
    expect(await ownersOfTables()).toEqual([{ owner: runtime() }]);
    const name = new URL(database.url).pathname.slice(1);
    await database.administer(`alter database "${name}" owner to "${runtime()}"`);
    await expect(migrate(owning())).rejects.toThrow(`alter database "${name}" owner to "${runtime()}_owner";`);
    await database.administer(
      `alter database "${name}" owner to "${runtime()}_owner"; grant connect on database "${name}" to public`,
    );
    const replica = await startReplica(options());
    try {
      await migrate(owning());
      expect(await ownersOfTables()).toEqual([{ owner: `${runtime()}_owner` }]);
      const write = () => replica.transactions.query(`insert into tariffs (account_id, name) values (1, 'n')`);
      await write();
      for (const refused of ['delete from audit_log', 'alter table tariffs add column x int', 'drop table tariffs']) {
        await expect(replica.transactions.query(refused)).rejects.toThrow(/permission denied|must be owner/);
      }
    } finally {
      await replica.stop();
    }
  });

  it('cannot change without the right to take the tables over, and say so', async () => {
    await database.force(`create table old (id int); alter table old owner to "${runtime()}"`);
    await database.administer(`revoke "${runtime()}" from "${runtime()}_owner"`);
    await expect(migrate(owning())).rejects.toThrow('still owns tables');
  });
});

describe('waiting for migrations', () => {
  it('lasts until another process has run them, and does not run any', async () => {
    let waited = false;
    const reasons: string[] = [];
    let said = (): void => undefined;
    const heard = new Promise<void>((resolve) => (said = resolve));
    const waiting = migrateOrWait(options(), ['wait'], (why) => {
      reasons.push(why);
      said();
    }).then((names) => {
      waited = true;
      return names;
    });
    await heard;
    expect(waited).toBe(false);
    expect(await migrateOrWait(owning(), [])).toHaveLength(12);
    expect(await waiting).toEqual([]);
    expect(reasons).toEqual(['Migrations of this version have not run yet.']);
  });

  it('ends where the database does not admit the role', async () => {
    const url = new URL(database.url);
    url.password = 'wrong';
    await expect(migrateOrWait({ ...options(), url: url.href }, ['wait'])).rejects.toThrow(/password/);
  });
});

describe('the comparison of entities and migrations', () => {
  it('finds nothing when both agree, nor this library’s tables, nor indexes over expressions', async () => {
    await migrate(owning());
    expect(await pendingChanges(options())).toEqual([]);
  });

  it('finds a column that the entity does not know', async () => {
    await migrate(owning(Waits1700000000002));
    const changes = await pendingChanges(options(Waits1700000000002));
    expect(changes).toEqual(['ALTER TABLE "tariffs" DROP COLUMN "later"']);
  });

  it('finds a column, a default and an index that no migration made', async () => {
    await migrate(owning());
    await database.query('alter table tariffs drop column energy, alter column price drop default');
    await database.query('drop index tariffs_account');
    const changes = (await pendingChanges(options())).join('\n');
    expect(changes).toMatch(/ADD "energy" numeric\(12,4\)/);
    expect(changes).toMatch(/"price" SET DEFAULT/);
    expect(changes).toMatch(/CREATE INDEX "tariffs_account"/);
  });
});

describe('decimal columns', () => {
  it('give the text that was stored, to the last digit', async () => {
    await migrate(owning());
    const replica = await startReplica(options());
    try {
      const saved = await replica.transactions.run(async () => {
        const tariff = replica.transactions.manager.create(Tariff, {
          accountId: 1,
          name: 'n',
          price: '123456789012.12345678',
        });
        await replica.app.get(Audit).write({ action: 'a', subject: 's', id: 1, after: tariff }, caller());
        return replica.transactions.manager.save(tariff);
      });
      const read = await replica.transactions.manager.findOneByOrFail(Tariff, { id: saved.id });
      expect(read).toMatchObject({ price: '123456789012.12345678', energy: null });
    } finally {
      await replica.stop();
    }
  });
});
