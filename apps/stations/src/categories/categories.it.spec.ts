import { categories, type Category } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { asUser, reference } from '@open-cpo/testing';
import { startStations, type Stations } from '../test/stations';
import { CSS_COLORS } from './css-colors';

const { answerOf, mismatches, operationOf } = reference;
const owner = (key?: string) => asUser({ accountId: 1, userId: 11, idempotencyKey: key });
const rival = () => asUser({ accountId: 2, userId: 21 });
const SITE = 'charging-site';

describe('categories', () => {
  let stations: Stations;
  const { table, all, one, create, replace, change, remove } = categories;

  beforeAll(async () => (stations = await startStations('categories')));
  afterAll(() => stations?.stop());
  beforeEach(() => stations.db.query('truncate categories restart identity cascade'));

  const make = (name: string, type = SITE, caller = owner()) => stations.bus.call(create, { name, type }, caller);
  const page = (query: object = {}, caller = owner(), type = SITE) =>
    stations.bus.call(table, { type, ...query }, caller);
  const names = async (query: object = {}) => (await page(query)).data.map(({ name }) => name);

  it('gives a new category a CSS colour and keeps it', async () => {
    const made = await make('Electronics');
    expect(made).toEqual({ id: 1, type: SITE, name: 'Electronics', color: expect.any(String) as string });
    expect(CSS_COLORS).toContain(made.color);
    const renamed = await stations.bus.call(replace, { id: made.id, name: 'Books' }, owner());
    expect(renamed).toEqual({ ...made, name: 'Books' });
    expect(await stations.bus.call(one, { id: made.id }, owner())).toEqual(renamed);
  });

  it('answers in the documented shapes', async () => {
    const made = await make('Electronics');
    const shapeOf = (number: number) => answerOf(operationOf(number)).shape;
    const wrap = (results?: unknown) => ({
      success: 1,
      msg: reference.DONE,
      msg_arabic: reference.DONE_ARABIC,
      ...(results === undefined ? {} : { results }),
    });
    expect(mismatches(wrap(made), shapeOf(18))).toEqual([]);
    expect(mismatches(wrap(await page()), shapeOf(16))).toEqual([]);
    const rows = await allRows(stations.bus.stream(all, { type: SITE }, owner()));
    expect(mismatches(wrap(rows), shapeOf(17))).toEqual([]);
    expect(mismatches(wrap(await stations.bus.call(one, { id: made.id }, owner())), shapeOf(19))).toEqual([]);
  });

  it('names every missing field at once', async () => {
    await expect(stations.bus.call(create, {} as never, owner())).rejects.toMatchObject({
      code: 'validation_failed',
      fields: { name: ['The name field is required.'], type: ['The type field is required.'] },
    });
  });

  it.each([
    ['a type that there is none of', { name: 'x', type: 'elsewhere' }, { type: ['The selected type is invalid.'] }],
    ['a name of blanks', { name: '   ', type: SITE }, { name: ['The name field is required.'] }],
    ['a name that is no text', { name: ['x'], type: SITE }, { name: ['The name field must be a string.'] }],
  ])('refuses %s', async (_, input, fields) => {
    await expect(stations.bus.call(create, input as never, owner())).rejects.toMatchObject({ fields });
  });

  it('lists the newest first, in pages with a total', async () => {
    for (const name of ['a', 'b', 'c']) await make(name);
    await make('of another type', 'charge-point');
    expect(await page({ itemsPerPage: 2 })).toMatchObject({
      data: [{ name: 'c' }, { name: 'b' }],
      meta: { per_page: 2, total: 3 },
    });
    expect(await names({ itemsPerPage: 2, page: 2 })).toEqual(['a']);
    expect(await page({ itemsPerPage: 2, page: 9 })).toEqual({ data: [], meta: { per_page: 2, total: 3 } });
    expect((await page()).meta.per_page).toBe(15);
  });

  it('finds a part of the name in any case and script, wildcards taken literally', async () => {
    for (const name of ['Fast 100%', 'Fast 1000', 'شحن سريع', 'ÉLECTRIQUE']) await make(name);
    expect(await names({ search: '100%' })).toEqual(['Fast 100%']);
    expect(await names({ search: 'fAST' })).toEqual(['Fast 1000', 'Fast 100%']);
    expect(await names({ search: 'سريع' })).toEqual(['شحن سريع']);
    expect(await names({ search: 'élec' })).toEqual(['ÉLECTRIQUE']);
    expect(await names({ search: 'سرِيـع' })).toEqual(['شحن سريع']);
    expect(await names({ search: '١٠٠٪' })).toEqual(['Fast 100%']);
    expect(await names({ search: 'st' })).toEqual(['Fast 1000', 'Fast 100%']);
  });

  it('has no rows for a type that nobody knows', async () => {
    expect(await page({}, owner(), 'spaceships')).toEqual({ data: [], meta: { per_page: 15, total: 0 } });
  });

  it('streams all of a type', async () => {
    for (let i = 0; i < 40; i += 1) await make(`n${i}`);
    const rows = await allRows<Category>(stations.bus.stream(all, { type: SITE }, owner()));
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, i) => 40 - i));
  });

  it('needs the name for PUT, and leaves it for an empty PATCH', async () => {
    const made = await make('Electronics');
    const missing = { name: ['The name field is required.'] };
    await expect(stations.bus.call(replace, { id: made.id } as never, owner())).rejects.toMatchObject({
      fields: missing,
    });
    await expect(stations.bus.call(change, { id: made.id, name: '' }, owner())).rejects.toMatchObject({
      fields: missing,
    });
    expect(await stations.bus.call(change, { id: made.id }, owner())).toEqual(made);
  });

  it('is gone after its deletion', async () => {
    const { id } = await make('Electronics');
    await stations.bus.call(remove, { id }, owner());
    await expect(stations.bus.call(one, { id }, owner())).rejects.toMatchObject({ code: 'not_found' });
    await expect(stations.bus.call(remove, { id }, owner())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of one owner are neither seen nor changed by another', async () => {
    const { id } = await make('Mine');
    await make('Theirs', SITE, rival());
    expect(await names()).toEqual(['Mine']);
    expect((await page({}, rival())).meta.total).toBe(1);
    expect(await allRows(stations.bus.stream(all, { type: SITE, search: 'mine' }, rival()))).toEqual([]);
    const forbidden = { code: 'forbidden', fields: undefined };
    await expect(stations.bus.call(one, { id }, rival())).rejects.toMatchObject(forbidden);
    await expect(stations.bus.call(replace, { id } as never, rival())).rejects.toMatchObject(forbidden);
    await expect(stations.bus.call(change, { id, name: 'x' }, rival())).rejects.toMatchObject(forbidden);
    await expect(stations.bus.call(remove, { id }, rival())).rejects.toMatchObject(forbidden);
    expect(await names()).toEqual(['Mine']);
  });

  it('makes one category of a request that is repeated with its key', async () => {
    const first = await make('Once', SITE, owner('key-1'));
    expect(await make('Once', SITE, owner('key-1'))).toEqual(first);
    expect(await names()).toEqual(['Once']);
  });

  it('leaves a trace of who changed what', async () => {
    const { id } = await make('Before');
    await stations.bus.call(replace, { id, name: 'After' }, owner());
    const rows = await stations.db.query(
      `select user_id, action, before->>'name' as before, after->>'name' as after from audit_log
       where subject = 'category' and subject_id = $1 and action = 'categories.update' order by id desc limit 1`,
      [String(id)],
    );
    expect(rows).toEqual([{ user_id: 11, action: 'categories.update', before: 'Before', after: 'After' }]);
  });
});
