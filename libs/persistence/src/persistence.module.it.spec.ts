import { Controller, Module } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  type Caller,
  domainEvent,
  type FieldErrors,
  type HandlersOf,
  Int,
  ListQuery,
  operations,
  page,
  type Page,
  read,
  Refusal,
  Text,
  write,
} from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Handles } from '@open-cpo/messaging';
import {
  asUser,
  startTestService,
  type TestBroker,
  testBroker,
  type TestDatabase,
  testDatabase,
} from '@open-cpo/testing';
import { type TestService, until } from '@open-cpo/testing';
import { Audit, migrate, onUnique, Outbox, pageOf, PersistenceModule, Transactions } from './index';

class CreateBay {
  @Text({ presence: 'required' }) name: string;
}
class Ask {
  @Int() id?: number | null;
}
class Bay {
  @ApiProperty() id: number;
  @ApiProperty() name: string;
}
class BayCreated {
  @Text({ presence: 'required' }) name: string;
}
const bays = operations('persisted.bays', {
  create: write(CreateBay, Bay, { audit: 'bays.create' }),
  list: read(ListQuery, page(Bay)),
  late: read(Ask, Bay),
});
const created = domainEvent('persisted.bays.created', BayCreated);
const TAKEN = 'The name has already been taken.';

@Controller()
class BaysHandler implements HandlersOf<typeof bays> {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  @Handles(bays.create, { finishesValidation: true })
  async create({ name }: CreateBay, caller: Caller, errors: FieldErrors): Promise<Bay> {
    errors.throwIfAny();
    const insert = 'insert into bays (account_id, name) values ($1, $2) returning id, name';
    const bay = await this.transactions
      .first<Bay>(insert, [caller.identity?.accountId, name])
      .catch(onUnique('bays_name', 'name', TAKEN));
    if (!bay) throw new Refusal('internal');
    await this.audit.write({ subject: 'bay', id: bay.id, after: bay }, caller);
    await this.outbox.publish(created, bay.id, { name });
    return bay;
  }

  @Handles(bays.list)
  list(query: ListQuery, { identity }: Caller): Promise<Page<Bay>> {
    const params = [identity?.accountId];
    const list = { select: 'id, name', from: 'bays', where: 'account_id = $1', params, searchIn: 'search_text', query };
    return pageOf<Bay>(this.transactions, list);
  }

  @Handles(bays.late)
  async late(): Promise<Bay> {
    const [bay] = await this.transactions.query<Bay>('select 1 as id, pg_sleep(9)::text as name');
    return bay ?? { id: 0, name: '' };
  }

  @Consumes(created, { as: 'persisted-mirror' })
  async mirror({ name }: BayCreated): Promise<void> {
    await this.transactions.query('insert into mirror values ($1)', [name]);
  }
}

let broker: TestBroker;
let database: TestDatabase;
let service: TestService;

beforeAll(async () => {
  broker = await testBroker();
  database = await testDatabase('module');
  const options = { name: 'persisted', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
  await database.query(`create table bays (id int generated always as identity primary key, account_id int,
    name text constraint bays_name unique, search_text text generated always as (search_fold(name)) stored)`);
  await database.query('create table mirror (name text)');

  @Module({ imports: [PersistenceModule.forRoot(options)], controllers: [BaysHandler] })
  class BaysModule {}

  service = await startTestService({ broker, module: BaysModule, serves: [bays], name: 'persisted' });
});

afterAll(async () => {
  await service?.stop();
  await broker?.stop();
  await database?.drop();
});

const create = (name: string, idempotencyKey?: string) =>
  service.bus.call(bays.create, { name }, asUser({ idempotencyKey }));
const mirrored = async () =>
  (await database.query<{ name: string }>('select name from mirror')).map(({ name }) => name);

describe('a service with a database, asked over the broker', () => {
  it('writes a change, its audit entry and its fact, and consumes the fact once', async () => {
    const bay = await create('North', 'key-1');
    expect(await create('North', 'key-1')).toEqual(bay);
    await until(async () => (await mirrored()).length > 0);
    expect(await mirrored()).toEqual(['North']);
    expect(await database.query('select subject_id, user_id from audit_log')).toEqual([
      { subject_id: String(bay.id), user_id: 1 },
    ]);
  });

  it('names the field of a value that is taken, and leaves nothing behind', async () => {
    const before = await database.query('select count(*) from outbox');
    await expect(create('North')).rejects.toMatchObject({ code: 'validation_failed', fields: { name: [TAKEN] } });
    await expect(create('North', 'key-1-other')).rejects.toMatchObject({ fields: { name: [TAKEN] } });
    await expect(create('South', 'key-1')).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    expect(await database.query('select count(*) from outbox')).toEqual(before);
  });

  it('lists what belongs to the account', async () => {
    expect(await service.bus.call(bays.list, { search: 'NOR' }, asUser())).toMatchObject({
      data: [{ name: 'North' }],
      meta: { per_page: 15, total: 1 },
    });
    expect(await service.bus.call(bays.list, {}, asUser({ accountId: 2 }))).toMatchObject({
      data: [],
      meta: { total: 0 },
    });
  });

  it('refuses in words of ours what the database refuses', async () => {
    await expect(create('a\u0000b')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(service.bus.call(bays.late, {}, asUser())).rejects.toMatchObject({ kind: 'deadline' });
  });

  it('keeps facts while the broker is away, and tells them when it is back', async () => {
    await broker.kill();
    await database.query(`insert into outbox (kind, name, aggregate, key, payload, secret)
      values ('fact', '${created.subject}.9', 'bays 9', 'event-9', '{"name":"East"}', false)`);
    await broker.restart();
    await until(async () => (await mirrored()).includes('East'));
    expect(await database.query('select 1 from outbox where dead_at is not null or attempts > 0')).toEqual([]);
  });
});
