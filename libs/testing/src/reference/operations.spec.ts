import type { Letter } from './envelopes';
import { OPERATIONS } from './operations';
import { PERMISSIONS } from './permissions';
import { refusalOf, answerOf } from './answers';
import { operationOf } from './routes';

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const numbersWhere = (holds: (operation: (typeof OPERATIONS)[number]) => boolean) =>
  OPERATIONS.filter(holds).map(({ number }) => number);

const LETTERS: Partial<Record<Letter, readonly number[]>> = {
  'A-list': [10, 12, 13, 17, 31, 32, 50, 62],
  'A-page': [16, 22, 27, 36, 39, 55, 56, 61, 67, 69],
  'A-object': [8, 9, 11, 14, 15, 18, 19, 20, 51, 52, 53, 57, 58, 59, 63, 64, 65, 70, 71, 72],
  'A-number': [40],
  'A-bare': [21, 33, 34, 35, 37, 49, 54, 60, 66, 68, 73],
  V: [1, 2, 3, 5, 6, 7, 25, 26],
  R: [24, 29, 43, 44, 47, 48],
  L: [30, 38, 45],
  G: [41, 46],
  X: [23, 28, 42],
  Z: [4],
};

describe('the table of operations', () => {
  it('has the 73 of the reference, in its order', () => {
    expect(OPERATIONS.map(({ number }) => number)).toEqual(range(1, 73));
  });

  it('has 78 pairs of method and path, none twice', () => {
    const pairs = OPERATIONS.flatMap(({ methods, path }) => methods.map((method) => `${method} ${path}`));
    expect(pairs).toHaveLength(78);
    expect(new Set(pairs).size).toBe(78);
  });

  it('has two methods where the reference has, and PATCH beside PUT for power centers', () => {
    expect(numbersWhere(({ methods }) => methods.length === 2)).toEqual([20, 53, 59, 65, 72]);
    expect(numbersWhere(({ alsoMethods }) => alsoMethods.length > 0)).toEqual([48]);
  });

  it.each(Object.entries(LETTERS))('answers envelope %s where the reference does', (letter, numbers) => {
    expect(numbersWhere(({ answers }) => answers[0].letter === letter)).toEqual(numbers);
  });

  it('accounts for every operation with a letter', () => {
    expect(
      Object.values(LETTERS)
        .flat()
        .sort((one, other) => one - other),
    ).toEqual(range(1, 73));
  });

  it('answers 200, but 204 to logout', () => {
    expect(numbersWhere(({ answers }) => answers[0].status !== 200)).toEqual([4]);
    expect(operationOf(4).answers[0].status).toBe(204);
  });

  it('needs no token for login, verification and password reset', () => {
    expect(numbersWhere(({ auth }) => !auth)).toEqual([1, 2, 3, 5, 6, 7]);
  });

  it('asks a permission for all but auth, own data and countries', () => {
    expect(numbersWhere(({ permission }) => !permission)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 25, 26]);
  });

  it('asks only for permissions that exist', () => {
    const asked = OPERATIONS.flatMap(({ permission }) => permission ?? []);
    expect(asked.filter((permission) => !PERMISSIONS.includes(permission))).toEqual([]);
  });

  it.each([
    ['power-centers.view', [38, 39, 41, 43, 46]],
    ['prices.view', [50, 52]],
    ['orders.view', [27, 29, 30, 45]],
    ['feedback.view', [22, 24]],
    ['stats.view', [11, 40, 44]],
    ['balance.view', [9]],
    ['payout-methods.view', [10, 31, 32]],
    ['workers.update', [68, 72]],
    ['account.update', [14, 15]],
    ['payouts.create', [37]],
  ])('asks %s for %j', (permission, numbers) => {
    expect(numbersWhere((operation) => operation.permission === permission)).toEqual(numbers);
  });

  it('offers its files under the names of the reference', () => {
    expect([23, 28, 42].map((number) => answerOf(operationOf(number)).file)).toEqual([
      'feedback.xlsx',
      'Orders.xlsx',
      'file.xlsx',
    ]);
  });
});

describe('the refusals of the operations', () => {
  it('has a stranger refused everywhere a token is needed: K under /api/v3, A0 elsewhere', () => {
    const refused = OPERATIONS.filter(({ auth }) => auth).map((operation) => ({
      v3: operation.path.startsWith('/api/v3/'),
      ...refusalOf(operation, 'unauthenticated'),
    }));
    expect(refused).toHaveLength(67);
    expect(refused.filter(({ v3, letter, status }) => status !== 401 || letter !== (v3 ? 'K' : 'A0'))).toEqual([]);
  });

  it('has a bad API key refused everywhere', () => {
    expect(OPERATIONS.filter((operation) => refusalOf(operation, 'api-key').status !== 401)).toEqual([]);
  });

  it('has the unpermitted refused exactly where a permission is asked', () => {
    expect(numbersWhere(({ refusals }) => refusals.some(({ when }) => when === 'forbidden'))).toEqual(
      numbersWhere(({ permission }) => permission !== undefined),
    );
  });

  it('says 404 exactly where a path names a row', () => {
    expect(numbersWhere(({ refusals }) => refusals.some(({ when }) => when === 'missing'))).toEqual(
      numbersWhere(({ path }) => /\{(?!type)/.test(path)),
    );
  });

  it.each([
    [24, 'N', { error: 'Order not found' }],
    [29, 'N', { error: 'Order not found' }],
    [30, 'N', { error: 'Order not found' }],
    [43, 'N', { error: 'Invalid Resource Requested' }],
  ])('answers #%s for a missing row in letter %s', (number, letter, body) => {
    const refusal = refusalOf(operationOf(number), 'missing');
    expect([refusal.status, refusal.letter]).toEqual([404, letter]);
    expect(refusal.shape).toMatchObject({ keys: { error: { value: body.error } } });
  });

  it('has no two refusals alike', () => {
    const twice = OPERATIONS.filter(({ refusals }) => {
      const kinds = refusals.map(({ when, letter }) => `${when} ${letter}`);
      return new Set(kinds).size !== kinds.length;
    });
    expect(twice.map(({ number }) => number)).toEqual([]);
  });
});

describe('answerOf and refusalOf', () => {
  it('finds an answer by its status or its condition', () => {
    expect(answerOf(operationOf(1), { status: 202 }).when).toBe('the e-mail is not verified yet');
    expect(answerOf(operationOf(38), { when: 'a valid API-KEY header' }).letter).toBe('A-list');
    expect(answerOf(operationOf(38)).letter).toBe('L');
  });

  it('throws for what an operation never does', () => {
    expect(() => answerOf(operationOf(8), { status: 202 })).toThrow('#8 has no answer');
    expect(() => refusalOf(operationOf(8), 'invalid')).toThrow('#8 never refuses as invalid');
  });
});
