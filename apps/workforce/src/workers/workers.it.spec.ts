import { type Caller, type Worker, workforceWorkers } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { reference } from '@open-cpo/testing';
import { JOHN, owner, rival, startWorkforce, type Workforce } from '../test/workforce';

const { answerOf, mismatches, operationOf } = reference;
const { table, all, one, create, replace, change, remove } = workforceWorkers;
const REQUIRED = {
  first_name: ['The firstname field is required.'],
  last_name: ['The lastname field is required.'],
  email: ['The e-mail address field is required.'],
  rfid: ['The rfid field is required.'],
  expire_at: ['The expiration date field is required.'],
};
const TAKEN = { rfid: ['The rfid has already been taken.'] };

describe('workers', () => {
  let workforce: Workforce;

  beforeAll(async () => (workforce = await startWorkforce('workers')));
  afterAll(() => workforce?.stop());
  beforeEach(() => workforce.empty());

  const make: Workforce['make'] = (...args) => workforce.make(...args);
  const page = (query: object = {}, caller = owner()) => workforce.bus.call(table, query, caller);
  const asked = (operation: object, id: number) => (caller: Caller) =>
    workforce.bus.call(operation as typeof one, { id }, caller);
  const found = async (search: string) => (await page({ search })).data.map(({ name }) => name);

  it('are entered with five fields and shown with all of them', async () => {
    const made = await make();
    expect(made).toEqual({ id: 1, ...JOHN, name: 'John Doe', cash_on_hands: null });
    expect(Object.keys(made)).toEqual([
      'id',
      'first_name',
      'last_name',
      'name',
      'email',
      'rfid',
      'expire_at',
      'cash_on_hands',
    ]);
    expect(await workforce.bus.call(one, { id: 1 }, owner())).toEqual(made);
  });

  it('answer in the documented shapes', async () => {
    const made = await make();
    const wrap = (results?: unknown) => ({
      success: 1,
      msg: reference.DONE,
      msg_arabic: reference.DONE_ARABIC,
      ...(results === undefined ? {} : { results }),
    });
    const shapeOf = (number: number) => answerOf(operationOf(number)).shape;
    for (const number of [70, 71, 72]) expect(mismatches(wrap(made), shapeOf(number))).toEqual([]);
    expect(mismatches(wrap(await page()), shapeOf(67))).toEqual([]);
    const rows = await allRows<Worker>(workforce.bus.stream(all, {}, owner()));
    expect(mismatches(wrap({ data: rows, meta: { per_page: -1, total: 1 } }), shapeOf(69))).toEqual([]);
  });

  it('name every missing field at once, by its display name', async () => {
    const refused = { code: 'validation_failed', message: 'The firstname field is required.', fields: REQUIRED };
    await expect(workforce.bus.call(create, {} as never, owner())).rejects.toMatchObject(refused);
    const { id } = await make();
    await expect(workforce.bus.call(replace, { id } as never, owner())).rejects.toMatchObject(refused);
  });

  it.each([
    ['a card of three digits', { rfid: '123' }, { rfid: ['The rfid field must have 4 to 20 hexadecimal digits.'] }],
    ['a card of 21 digits', { rfid: '1'.repeat(21) }, { rfid: [expect.stringContaining('4 to 20')] }],
    ['a card with other letters', { rfid: '04G1B2C3' }, { rfid: [expect.stringContaining('hexadecimal')] }],
    ['a card that is no text', { rfid: 123456 }, { rfid: ['The rfid field must be a string.'] }],
    [
      'an address that is none',
      { email: 'john' },
      { email: ['The e-mail address field must be a valid email address.'] },
    ],
    [
      'a day that does not exist',
      { expire_at: '2025-02-30' },
      { expire_at: ['The expiration date field must match the format Y-m-d.'] },
    ],
    ['blanks for a name', { last_name: '  ' }, { last_name: REQUIRED.last_name }],
    [
      'a name that is too long',
      { first_name: 'x'.repeat(256) },
      { first_name: ['The firstname field must not be greater than 255 characters.'] },
    ],
  ])('refuse %s', async (_, data, fields) => {
    await expect(workforce.bus.call(create, { ...JOHN, ...data } as never, owner())).rejects.toMatchObject({ fields });
  });

  it('have cards in upper case, each once among an account’s live workers', async () => {
    const first = await make({ rfid: '04a1b2c3' });
    expect(first.rfid).toBe('04A1B2C3');
    await expect(make({ rfid: '04A1b2c3', email: 'x' })).rejects.toMatchObject({
      fields: { ...TAKEN, email: ['The e-mail address field must be a valid email address.'] },
    });
    const second = await make({ rfid: 'FFFF' });
    const refused = workforce.bus.call(change, { id: second.id, rfid: '04a1b2c3' }, owner());
    await expect(refused).rejects.toMatchObject({ message: TAKEN.rfid[0], fields: TAKEN });
    expect(await workforce.bus.call(replace, { ...JOHN, id: first.id, rfid: '04a1b2c3' }, owner())).toMatchObject({
      rfid: '04A1B2C3',
    });
    expect((await make({ rfid: '04A1B2C3' }, rival())).rfid).toBe('04A1B2C3');
    await workforce.bus.call(remove, { id: first.id }, owner());
    expect((await make({ rfid: '04A1B2C3' })).rfid).toBe('04A1B2C3');
  });

  it('get a card once, however many ask for it at the same time', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => make({ rfid: 'ABCD' })));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason as object] : []));
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'validation_failed', fields: TAKEN });
  });

  it('are changed whole by PUT and in parts by PATCH', async () => {
    const { id } = await make();
    const whole = {
      first_name: 'Ann',
      last_name: 'Lee',
      email: 'Ann@Example.com',
      rfid: 'ABCDEF',
      expire_at: '2030-01-31',
    };
    const replaced = await workforce.bus.call(replace, { id, ...whole }, owner());
    expect(replaced).toMatchObject({ ...whole, email: 'ann@example.com', name: 'Ann Lee' });
    const changed = await workforce.bus.call(change, { id, last_name: 'Doe' }, owner());
    expect(changed).toEqual({ ...replaced, last_name: 'Doe', name: 'Ann Doe' });
    expect(await workforce.bus.call(change, { id }, owner())).toEqual(changed);
    await expect(workforce.bus.call(change, { id, email: '' }, owner())).rejects.toMatchObject({
      fields: { email: REQUIRED.email },
    });
  });

  it('from before cards had an end show the beginning of time, and no card', async () => {
    await workforce.db.query(
      `insert into workers (account_id, first_name, last_name, email) values (1, 'yasser', 'belhimer', 'y@example.com')`,
    );
    const old = await workforce.bus.call(one, { id: 1 }, owner());
    expect(old).toMatchObject({ rfid: null, expire_at: '1970-01-01', cash_on_hands: null });
    expect(await workforce.bus.call(change, { id: 1, rfid: '1234' }, owner())).toEqual({ ...old, rfid: '1234' });
  });

  it('are listed newest first, in pages with a total', async () => {
    for (let n = 1; n <= 17; n += 1) await make({ last_name: `${n}`, rfid: `0000${n}` });
    const first = await page();
    expect([first.data.length, first.meta, first.data[0]?.name]).toEqual([15, { per_page: 15, total: 17 }, 'John 17']);
    const last = await page({ itemsPerPage: 5, page: 4 });
    expect([last.data.map(({ id }) => id), last.meta]).toEqual([[2, 1], { per_page: 5, total: 17 }]);
    expect((await page({ itemsPerPage: -1 })).data).toHaveLength(17);
    const rows = await allRows<Worker>(workforce.bus.stream(all, {}, owner()));
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 17 }, (_, index) => 17 - index));
    await expect(page({ page: 'x' })).rejects.toMatchObject({
      fields: { page: ['The page field must be an integer.'] },
    });
    await expect(page({ itemsPerPage: 0 })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('are found by names, e-mail address and card, wildcards taken literally', async () => {
    await make({ first_name: 'Amine', last_name: 'Haddad', email: 'boss@haddad.test', rfid: 'AAAA1111' });
    await make({ first_name: 'ÉLODIE', last_name: 'Müller', email: 'e_m@example.com', rfid: 'BBBB2222' });
    await make({ first_name: 'أمين', last_name: 'حداد', email: 'exm@example.com', rfid: 'CCCC3333' });
    expect(await found('AMINE had')).toEqual(['Amine Haddad']);
    expect(await found('élo')).toEqual(['ÉLODIE Müller']);
    expect(await found('حداد')).toEqual(['أمين حداد']);
    expect(await found('e_m@')).toEqual(['ÉLODIE Müller']);
    expect(await found('bbb22')).toEqual(['ÉLODIE Müller']);
    expect(await found('ha')).toEqual(['Amine Haddad']);
    expect(await found('%')).toEqual([]);
    expect(await found('امين حداد')).toEqual(['أمين حداد']);
    expect(await found('elodie muller')).toEqual(['ÉLODIE Müller']);
    expect(await found('٢٢٢٢')).toEqual(['ÉLODIE Müller']);
    expect(await found('_')).toEqual(['ÉLODIE Müller']);
    const rows = await allRows<Worker>(workforce.bus.stream(all, { search: 'example' }, owner()));
    expect(rows).toHaveLength(2);
  });

  it('who were removed are gone for everybody, their rows stay', async () => {
    const { id } = await make();
    await workforce.bus.call(remove, { id }, owner());
    expect((await page()).meta.total).toBe(0);
    for (const ask of [one, remove, change].map((operation) => asked(operation, id)))
      await expect(ask(owner())).rejects.toMatchObject({ code: 'not_found' });
    expect(await workforce.db.query('select first_name from workers')).toEqual([{ first_name: 'John' }]);
  });

  it('are nobody’s business but their owner’s', async () => {
    const mine = await make();
    const forbidden = { code: 'forbidden', fields: undefined };
    const { id } = mine;
    for (const ask of [one, remove, change].map((operation) => asked(operation, id)))
      await expect(ask(rival())).rejects.toMatchObject(forbidden);
    const bad = { id, email: 'x', rfid: mine.rfid ?? '' };
    await expect(workforce.bus.call(replace, bad as never, rival())).rejects.toMatchObject(forbidden);
    await expect(workforce.bus.call(one, { id: 999 }, rival())).rejects.toMatchObject({ code: 'not_found' });
    expect(await page({}, rival())).toEqual({ data: [], meta: { per_page: 15, total: 0 } });
    expect((await page({ search: 'john' }, rival())).meta.total).toBe(0);
    expect(await allRows(workforce.bus.stream(all, {}, rival()))).toEqual([]);
    expect(await workforce.bus.call(one, { id }, owner())).toEqual(mine);
  });

  it('are entered once however often the request is repeated with its key', async () => {
    const input = { ...JOHN };
    const first = await workforce.bus.call(create, input, owner('key-1'));
    expect(await workforce.bus.call(create, input, owner('key-1'))).toEqual(first);
    expect((await page()).meta.total).toBe(1);
  });

  it('leave a trace of who changed what', async () => {
    const { id } = await make();
    await workforce.bus.call(change, { id, rfid: 'abcd' }, owner());
    await workforce.bus.call(remove, { id }, owner());
    const trace = await workforce.db.query(
      `select user_id, action, before->>'rfid' as before, after->>'rfid' as after from audit_entries
       where subject = 'worker' and subject_id = $1 order by id desc limit 3`,
      [String(id)],
    );
    expect(trace).toEqual([
      { user_id: 11, action: 'workers.delete', before: 'ABCD', after: null },
      { user_id: 11, action: 'workers.update', before: JOHN.rfid, after: 'ABCD' },
      { user_id: 11, action: 'workers.create', before: null, after: JOHN.rfid },
    ]);
  });
});
