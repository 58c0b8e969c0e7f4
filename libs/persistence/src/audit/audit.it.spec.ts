import { Refusal } from '@open-cpo/contracts';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { caller, type Replica, startReplica } from '../fixture/replica';
import { WRITE_SCOPE, type WriteScope } from '@open-cpo/messaging';
import { Audit, migrate } from '../index';
import { AuditProof } from './audit-proof';

let database: TestDatabase;
let replica: Replica;
let audit: Audit;

beforeAll(async () => {
  database = await testDatabase('audit');
  const options = { name: 'audit', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
  replica = await startReplica(options);
  audit = replica.app.get(Audit);
});

afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

const entry = {
  action: 'prices.update',
  subject: 'charge-point',
  id: 7,
  before: { price: '1.00' },
  after: { price: '2.00' },
};

describe('the audit log', () => {
  it('says who changed what, before and after', async () => {
    const by = caller({ requestId: 'r-1' }, { userId: 3, accountId: 4 });
    await replica.transactions.run(() => audit.write(entry, by));
    const [row] = await database.query('select * from audit_log');
    expect(row).toMatchObject({
      account_id: 4,
      user_id: 3,
      request_id: 'r-1',
      action: 'prices.update',
      subject: 'charge-point',
      subject_id: '7',
      before: { price: '1.00' },
      after: { price: '2.00' },
    });
  });

  it('takes what nobody in particular did, and creations and removals', async () => {
    const stranger = caller({ identity: undefined });
    await replica.transactions.run(async () => {
      await audit.write({ ...entry, before: undefined }, stranger);
      await audit.write({ ...entry, after: null }, stranger);
    });
    const rows = await database.query(
      'select account_id, user_id, before, after from audit_log where account_id is null',
    );
    expect(rows).toEqual([
      { account_id: null, user_id: null, before: null, after: { price: '2.00' } },
      { account_id: null, user_id: null, before: { price: '1.00' }, after: null },
    ]);
  });

  it('has no entry for a change that was undone, and takes none outside of a change', async () => {
    const [before] = await database.query('select count(*) from audit_log');
    const undone = replica.transactions.run(async () => {
      await audit.write(entry, caller());
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await expect(audit.write(entry, caller())).rejects.toThrow('transaction');
    expect(await database.query('select count(*) from audit_log')).toEqual([before]);
  });

  describe('of a write', () => {
    type Declared = string | readonly [string, ...string[]] | false;
    const write = (audit: Declared, work: () => Promise<void> | void, by = caller()) =>
      replica.app
        .get<WriteScope>(WRITE_SCOPE)
        .run({ operation: { subject: 'test.prices.change', audit }, caller: by, body: Buffer.from('{}') }, async () => {
          await replica.transactions.query('insert into prices values (1)');
          await work();
          return Buffer.from('{}');
        });
    const { action: _action, ...unnamed } = entry;
    const lastAction = async () =>
      (await database.query<{ action: string }>('select action from audit_log order by id desc limit 1'))[0]?.action;
    const written = async () => (await database.query('select 1 from prices')).length;

    beforeAll(() => database.query('create table prices (id int)'));
    beforeEach(() => database.query('truncate prices'));

    it('has the action that the operation declares', async () => {
      await write('prices.replace', () => audit.write(unnamed, caller()));
      expect([await lastAction(), await written()]).toEqual(['prices.replace', 1]);
    });

    it('is committed with one of several actions, and needs a name then', async () => {
      const either = ['prices.raise', 'prices.lower'] as const;
      await write(either, () => audit.write({ ...entry, action: 'prices.lower' }, caller()));
      expect([await lastAction(), await written()]).toEqual(['prices.lower', 1]);
      await expect(write(either, () => audit.write(unnamed, caller()))).rejects.toThrow('names its action');
    });

    it.each([
      ['none', () => undefined],
      ['another one alone', () => audit.write(entry, caller())],
    ])('is not committed with an entry missing: %s', async (_, work) => {
      await expect(write('prices.replace', work)).rejects.toThrow('no audit entry of prices.replace');
      expect(await written()).toBe(0);
    });

    it('needs no entry where it declares so, or says that nothing changed', async () => {
      await write(false, () => undefined);
      await write('prices.replace', () => audit.unchanged());
      expect(await written()).toBe(2);
    });

    it('needs no entry where it is refused: what it did is undone, or kept as the refusal says', async () => {
      const refuse = (keep: boolean) => () => Promise.reject(new Refusal('conflict', { keep }));
      await expect(write('prices.replace', refuse(false))).rejects.toMatchObject({ code: 'conflict' });
      expect(await written()).toBe(0);
      await expect(write('prices.replace', refuse(true))).rejects.toMatchObject({ code: 'conflict' });
      expect(await written()).toBe(1);
    });

    it('may have entries of other actions beside the declared one', async () => {
      await write('prices.replace', async () => {
        await audit.write(unnamed, caller());
        await audit.write({ ...entry, action: 'prices.raise' }, caller());
      });
      expect([await lastAction(), await written()]).toEqual(['prices.raise', 1]);
    });

    it('has one entry when it is repeated with its key', async () => {
      const by = { ...caller(), idempotencyKey: 'k' };
      const entries = async () => (await database.query('select 1 from audit_log')).length;
      const before = await entries();
      const record = () => audit.write(unnamed, by);
      expect(await write('prices.replace', record, by)).toMatchObject({ replayed: false });
      expect(await write('prices.replace', record, by)).toMatchObject({ replayed: true });
      expect([await entries(), await written()]).toEqual([before + 1, 1]);
    });

    it('belongs to it alone: what is done outside of an operation names its action', async () => {
      await expect(replica.transactions.run(() => audit.write(unnamed, caller()))).rejects.toThrow('names its action');
      await replica.transactions.run(async () => audit.unchanged());
    });
  });

  it.each([
    'update audit_log set user_id = 9',
    'delete from audit_log',
    'truncate audit_log',
    'delete from audit_log where false',
  ])('refuses: %s', async (statement) => {
    await expect(replica.transactions.query(statement)).rejects.toThrow('permission denied for table audit_log');
    await expect(database.query(statement)).rejects.toThrow('permission denied for table audit_log');
    await expect(database.force(statement)).rejects.toThrow('audit_log takes new rows only');
  });
});

describe('personal fields of audit entries', () => {
  const person = { email: 'amina@example.com', role: 'viewer' };
  const proof = async () => (await replica.app.get(AuditProof).part({})).discrepancy;
  const write = (id: number, before: object | undefined, after: object | null) =>
    replica.transactions.run(() =>
      audit.write({ action: 'members.update', subject: 'member', id, before, after }, caller({}, { accountId: 8 })),
    );
  const entries = (id: number, from: string) =>
    database.query(`select before, after from ${from} where subject = 'member' and subject_id = $1`, [String(id)]);

  it('are kept beside the log, which is committed to them', async () => {
    await write(61, undefined, person);
    await write(62, person, { email: 'salma@example.com' });
    const text = JSON.stringify([...(await entries(61, 'audit_log')), ...(await entries(62, 'audit_log'))]);
    expect(text).not.toContain('example.com');
    const commitment = { personal: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(await entries(61, 'audit_log')).toEqual([{ before: null, after: { role: 'viewer', ...commitment } }]);
    expect(await entries(61, 'audit_entries')).toEqual([{ before: null, after: person }]);
    expect(await entries(62, 'audit_entries')).toEqual([{ before: person, after: { email: 'salma@example.com' } }]);
    expect(await proof()).toBeNull();
  });

  it('can be deleted, and the proof holds', async () => {
    await write(63, person, { email: 'salma@example.com' });
    await replica.transactions.query(`delete from audit_personal where subject_id = '63'`);
    expect(await entries(63, 'audit_entries')).toEqual([{ before: { role: 'viewer' }, after: null }]);
    expect(await proof()).toBeNull();
  });

  it('cannot be changed unnoticed', async () => {
    await write(64, undefined, person);
    await replica.transactions.query(
      `update audit_personal set after = '{"email":"mallory@example.com"}' where subject_id = '64'`,
    );
    expect(await proof()).toMatch(/was changed/);
    await replica.transactions.query(`delete from audit_personal where subject_id = '64'`);
    expect(await proof()).toBeNull();
  });

  it('are those of people alone', async () => {
    await replica.transactions.run(() =>
      audit.write({ action: 'sites.create', subject: 'site', id: 65, after: { address: 'Harbour 1' } }, caller()),
    );
    expect(await database.query(`select after from audit_log where subject = 'site'`)).toEqual([
      { after: { address: 'Harbour 1' } },
    ]);
  });

  it('of entries from before are moved out, and the chains are built anew', async () => {
    const old = await testDatabase('audit_old');
    const options = { name: 'audit', url: old.url };
    try {
      await migrate({ ...options, url: old.ownerUrl });
      await old.force(`set session_replication_role = replica; drop view audit_entries; drop table audit_personal;
        delete from migrations where name like 'AuditPersonal%'; reset session_replication_role`);
      for (let n = 0; n < 4; n += 1) {
        await old.query(
          `insert into audit_log (account_id, request_id, action, subject, subject_id, before, after)
           values (3, 'r', 'members.update', $1, '7', $2, $2)`,
          [n % 2 ? 'member' : 'charge-point', JSON.stringify({ ...person, n })],
        );
      }
      await migrate({ ...options, url: old.ownerUrl });
      const kept = { ...person, n: 1 };
      expect(await old.query(`select before, after from audit_entries order by id offset 1 limit 1`)).toEqual([
        { before: kept, after: kept },
      ]);
      const text = JSON.stringify(await old.query(`select * from audit_log where subject = 'member'`));
      expect(text).not.toContain('amina');
      const other = await startReplica(options);
      expect(await other.app.get(AuditProof).part({})).toMatchObject({ entries: 4, discrepancy: null });
      await expect(old.force(`update audit_log set user_id = 1`)).rejects.toThrow('takes new rows only');
      await other.stop();
    } finally {
      await old.drop();
    }
  });
});

describe('the chain of the audit log', () => {
  const proof = () => replica.app.get(AuditProof);
  const write = (times: number) =>
    replica.transactions.run(async () => {
      for (let n = 0; n < times; n += 1) await audit.write({ ...entry, id: n }, caller({}, { accountId: n % 3 }));
    });
  /** As somebody who owns the tables, or the disk: past every right and trigger. */
  const force = (statement: string) =>
    database.force(`set session_replication_role = replica; ${statement}; reset session_replication_role`);
  const clear = () => force(`delete from audit_log; update audit_heads set seq = 0, hash = ''`);
  const tamper = async (statement: string) => {
    await force(statement);
    const { discrepancy } = await proof().part({});
    await clear();
    return discrepancy;
  };
  const last = 'id = (select max(id) from audit_log)';

  it('agrees, whoever wrote at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => write(3)));
    const { discrepancy, entries, heads, next_chain } = await proof().part({});
    expect([discrepancy, next_chain, entries > 60]).toEqual([null, null, true]);
    expect(heads).toMatch(/^1:\d+:[0-9a-f]{64}/);
  });

  it('agrees over several parts', async () => {
    for (let n = 0; n < 15; n += 1) {
      await replica.transactions.query(
        `insert into audit_log (request_id, action, subject, subject_id) select 'r', 'a', 's', n from generate_series(1, 300) n`,
      );
    }
    const first = await proof().part({});
    expect(first).toMatchObject({ discrepancy: null, entries: 2001 });
    let { next_chain: chain, next_seq: seq } = first;
    let entries = first.entries;
    while (chain !== null) {
      const part = await proof().part({ chain, seq });
      expect(part.discrepancy).toBeNull();
      entries += part.entries;
      ({ next_chain: chain, next_seq: seq } = part);
    }
    expect(await database.query('select count(*)::int as n from audit_log')).toEqual([{ n: entries }]);
  });

  it.each([
    ['changed', `update audit_log set user_id = 999 where ${last}`, /was changed/],
    [
      'changed in what it was before',
      `update audit_log set before = '{"price":"9"}' where id = (select min(id) from audit_log)`,
      /was changed/,
    ],
    ['given to another account', `update audit_log set account_id = 77 where ${last}`, /was changed/],
    ['removed from the middle', 'delete from audit_log where seq = 2', /one is missing/],
    ['removed from the end', `delete from audit_log where ${last}`, /ends with entry/],
    ['all removed', 'delete from audit_log', /ends with entry 0/],
    ['the first removed', 'delete from audit_log where seq = 1', /one is missing/],
    [
      'invented at the end',
      `insert into audit_log (request_id, action, subject, subject_id, chain, seq, hash)
       select 'r', 'a', 's', '1', chain, seq + 1, hash from audit_log where ${last}`,
      /was changed/,
    ],
    [
      'invented with the right hash',
      `insert into audit_log (id, request_id, action, subject, subject_id, chain, seq, hash) overriding system value
       values (1000000, 'r', 'a', 's', '1', 60, 1, '');
       update audit_log a set hash = audit_hash('', a) where id = 1000000`,
      /chain 60 ends with entry 1 and should with 0/,
    ],
    [
      'put in another order',
      'update audit_log set seq = case seq when 1 then 2 else 1 end + 100 where seq in (1, 2)',
      /missing|changed/,
    ],
  ])('does not with an entry that was %s', async (_what, statement, discrepancy) => {
    await clear();
    await write(6);
    expect(await tamper(statement)).toMatch(discrepancy);
    expect((await proof().part({})).discrepancy).toBeNull();
  });

  it('cannot be written past the trigger by the service', async () => {
    await write(1);
    await expect(replica.transactions.query(`update audit_heads set seq = 0`)).rejects.toThrow('permission denied');
    await replica.transactions.query(
      `insert into audit_log (request_id, action, subject, subject_id, chain, seq, hash) values ('r', 'a', 's', '1', 9, 9, 'x')`,
    );
    expect((await proof().part({})).discrepancy).toBeNull();
  });
});
