import { Readable } from 'node:stream';
import { type AddPayoutMethod, type PayoutMethod, payoutsMethods, type UploadedFile } from '@open-cpo/contracts';
import { Uploads } from '@open-cpo/files';
import { Broker } from '@open-cpo/messaging';
import { masked } from './details';
import { Secrets } from '../secrets/secrets';
import { JOHN, owner, type Payouts, rival, startPayouts } from '../test/payouts';

const { mine, available, add, update, remove } = payoutsMethods;
const PDF = Buffer.from('%PDF-1.7 a passport');

describe('payout methods', () => {
  let payouts: Payouts;

  beforeAll(async () => (payouts = await startPayouts('methods')));
  afterAll(() => payouts?.stop());
  beforeEach(async () => {
    await payouts.empty();
    payouts.auth.countryOf.set(1, 2);
  });

  const list = (caller = owner()) => payouts.bus.call(mine, {}, caller);
  const offered = (caller = owner()) => payouts.bus.call(available, {}, caller);
  const names = (methods: readonly PayoutMethod[]) => methods.map(({ name }) => name);
  const adding = (input: object, caller = owner()) =>
    payouts.bus.call(add, { ...JOHN, payoutMethod_name: 'bank_transfer', ...input }, caller);
  const sealed = async () =>
    (
      await payouts.db.query<{ details: Buffer; document: Buffer | null; document_type: string | null }>(
        'select details, document, document_type from payout_methods',
      )
    )[0];
  const upload = (bytes: Uint8Array): Promise<UploadedFile> =>
    new Uploads(payouts.client.get(Broker)).keep(Readable.from([bytes]), { owner: 'account 1' });

  it('are offered by country until they are added', async () => {
    expect(await offered()).toEqual([
      {
        id: 1,
        logo: 'http://localhost:3000/images/payout-methods/stripe.png',
        name: 'stripe',
        description: 'Instant withdrawals with Stripe, ensuring secure and seamless transactions.',
        details: null,
        link: null,
      },
      expect.objectContaining({ id: 2, name: 'bank_transfer', details: null, link: null }),
    ]);
    await payouts.addMethod();
    expect(names(await offered())).toEqual(['bank_transfer']);
    payouts.auth.countryOf.set(1, 3);
    expect(names(await offered())).toEqual(['bank_transfer']);
    expect(names(await offered(rival()))).toEqual(['stripe', 'bank_transfer']);
  });

  it.each([
    ['none', 0],
    ['one that auth does not know', 77],
  ])('need a country: the account has %s', async (_, country) => {
    payouts.auth.countryOf.set(1, country);
    const refused = { code: 'validation_failed', fields: { country: ['The country field is required.'] } };
    await expect(offered()).rejects.toMatchObject(refused);
    await expect(payouts.addMethod()).rejects.toMatchObject(refused);
    payouts.auth.countryOf.delete(1);
    await expect(offered()).rejects.toMatchObject(refused);
  });

  it('by Stripe show its account, state and link, and nothing else', async () => {
    await payouts.addMethod();
    expect(await list()).toEqual([
      expect.objectContaining({
        name: 'stripe',
        details: { account_id: 'acct_sandbox_1', account_status: 'Active' },
        link: 'https://example.com/sandbox/onboarding/acct_sandbox_1',
      }),
    ]);
  });

  it('by bank show what was entered with its middle hidden', async () => {
    await adding({ accountNumber: 'DE89370400440532013000' });
    expect(await list()).toEqual([
      expect.objectContaining({
        link: null,
        details: {
          fullname: 'John Doe',
          userType: 'individual',
          TIN: '*******6789',
          id: '******4567',
          account_number: '******************3000',
          document: false,
          account_status: 'Active',
        },
      }),
    ]);
  });

  it.each([
    ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['de89370400440532013000', 'DE89370400440532013000'],
    ['GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['٠١٢٣٤٥', '012345'],
  ])('take the account number "%s" as banks write it', async (accountNumber, electronic) => {
    await adding({ accountNumber, bic: 'cobadeff' });
    expect((await list())[0]?.details).toMatchObject({ account_number: masked(electronic), bic: 'COBADEFF' });
    const stored = payouts.app.get(Secrets).unseal('details', 1, (await sealed())?.details as Buffer);
    expect(JSON.parse(stored.toString())).toMatchObject({ accountNumber: electronic, bic: 'COBADEFF' });
  });

  it.each(['DE00370400440532013000', '!!!!', 'DE8937040044053201300', 'XX00370400440532013000', 'ACCOUNT 1'])(
    'refuse the account number "%s", when they are added and when they are changed',
    async (accountNumber) => {
      const refused = {
        fields: { account_number: ['The account number field must be a valid IBAN or account number.'] },
      };
      await expect(adding({ accountNumber })).rejects.toMatchObject(refused);
      await adding({});
      const change = { payoutMethod_name: 'bank_transfer', accountNumber };
      await expect(payouts.bus.call(update, change, owner())).rejects.toMatchObject(refused);
      await expect(
        payouts.bus.call(update, { ...change, accountNumber: null, bic: 'X' }, owner()),
      ).rejects.toMatchObject({ fields: { bic: ['The bic field must be a valid BIC.'] } });
    },
  );

  it('keep working with an account number from before it was checked', async () => {
    await adding({});
    const secrets = payouts.app.get(Secrets);
    const before = { ...JOHN, accountNumber: 'old 12-34' };
    await payouts.db.query('update payout_methods set details = $1', [
      secrets.seal('details', 1, JSON.stringify(before)),
    ]);
    await payouts.bus.call(update, { payoutMethod_name: 'bank_transfer', fullname: 'Jane' }, owner());
    expect((await list())[0]?.details).toMatchObject({ fullname: 'Jane', account_number: masked('old 12-34') });
  });

  it('keep everything that is about people sealed', async () => {
    await adding({ id: null, document: await upload(PDF) });
    const row = await sealed();
    for (const column of [row?.details, row?.document]) {
      for (const secret of ['John', '6789', 'Main Street', 'passport', 'PDF'])
        expect(column?.includes(secret)).toBe(false);
    }
    expect(row?.document_type).toBe('application/pdf');
    const secrets = payouts.app.get(Secrets);
    expect(secrets.unseal('documents', 1, row?.document as Buffer)).toEqual(PDF);
    expect(() => secrets.unseal('documents', 2, row?.document as Buffer)).toThrow();
    const logged = await payouts.db.query<{ text: string }>('select concat(before, after) as text from audit_log');
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.map(({ text }) => text).join()).not.toMatch(/6789|4567|John/);
  });

  it('never give a document back', async () => {
    await adding({ id: null, document: await upload(PDF) });
    const [shown] = await list();
    expect(shown?.details).toMatchObject({ id: null, document: true });
    expect(JSON.stringify(shown)).not.toMatch(/passport|PDF/);
  });

  it.each([
    ['a PNG', Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1'), 'image/png'],
    ['a JPEG', Buffer.from('\xff\xd8\xff\xe0....', 'latin1'), 'image/jpeg'],
  ])('take %s', async (_, bytes, type) => {
    await adding({ document: await upload(bytes) });
    expect((await sealed())?.document_type).toBe(type);
  });

  it.each([
    ['a program', Buffer.from('MZ\x90\x00 %PDF-')],
    ['a page', Buffer.from('<html>%PDF-</html>')],
    ['nothing', Buffer.alloc(0)],
  ])('refuse %s for a document', async (_, bytes) => {
    await expect(adding({ document: await upload(bytes) })).rejects.toMatchObject({
      fields: { id: ['The id field must be a file of type: pdf, png, jpg.'] },
    });
  });

  it.each([
    [
      'somebody else’s reference',
      { object: 'a'.repeat(64), key: Buffer.alloc(32).toString('base64'), size: 5 },
      'service_unavailable',
    ],
    ['no reference', { object: '../x', key: '', size: 5 }, 'malformed_request'],
    ['too much', { object: 'a'.repeat(64), key: '', size: 10 * 1024 * 1024 + 1 }, 'payload_too_large'],
  ])('refuse %s for a file', async (_, document, code) => {
    await expect(adding({ document })).rejects.toMatchObject({ code });
    expect(await list()).toEqual([]);
  });

  it('name everything that is missing at once', async () => {
    const nothing = payouts.bus.call(add, { payoutMethod_name: 'stripe' } as AddPayoutMethod, owner());
    await expect(nothing).rejects.toMatchObject({
      fields: {
        fullname: ['The full name field is required.'],
        user_type: ['The user type field is required.'],
        address: ['The address field is required.'],
        TIN: ['The TIN field is required.'],
        id: ['The id field is required.'],
        email: ['The email field is required.'],
      },
    });
  });

  it('are added once, however often at once', async () => {
    await payouts.addMethod();
    await expect(payouts.addMethod()).rejects.toMatchObject({
      fields: { payout_method_name: ['The payout method has already been added.'] },
    });
    const both = await Promise.allSettled([adding({}), adding({})]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(names(await list())).toEqual(['stripe', 'bank_transfer']);
  });

  it('that are not offered in the country are refused', async () => {
    payouts.auth.countryOf.set(1, 3);
    await expect(payouts.addMethod()).rejects.toMatchObject({
      fields: { payout_method_name: ['The selected payout method is invalid.'] },
    });
  });

  it('change what is sent and keep the rest', async () => {
    await adding({});
    const change = { payoutMethod_name: 'bank_transfer', TIN: '987-65-4321', document: await upload(PDF) };
    await payouts.bus.call(update, change, owner());
    expect((await list())[0]?.details).toMatchObject({ TIN: '*******4321', id: '******4567', document: true });
    await payouts.bus.call(update, { payoutMethod_name: 'bank_transfer', fullname: 'Jane' }, owner());
    expect((await list())[0]?.details).toMatchObject({ fullname: 'Jane', TIN: '*******4321', document: true });
    const empty = payouts.bus.call(update, { payoutMethod_name: 'bank_transfer', fullname: '' }, owner());
    await expect(empty).rejects.toMatchObject({ fields: { fullname: ['The full name field is required.'] } });
  });

  it('go when they are removed, with all that was entered', async () => {
    await adding({ document: await upload(PDF) });
    await payouts.bus.call(remove, { payoutMethod_name: 'bank_transfer' }, owner());
    expect(await list()).toEqual([]);
    expect(await sealed()).toBeUndefined();
    await adding({});
  });

  it.each([
    ['add', 'nam'],
    ['update', 'aut'],
    ['remove', 'vero'],
    ['update', 'stripe'],
    ['remove', 'stripe'],
  ] as const)('%s of "%s" is not found', async (operation, payoutMethod_name) => {
    const asked = payouts.bus.call(payoutsMethods[operation], { ...JOHN, payoutMethod_name }, owner());
    await expect(asked).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are each account’s own', async () => {
    await adding({});
    expect(await list(rival())).toEqual([]);
    const theirs = payouts.bus.call(remove, { payoutMethod_name: 'bank_transfer' }, rival());
    await expect(theirs).rejects.toMatchObject({ code: 'not_found' });
    expect(names(await list())).toEqual(['bank_transfer']);
  });
});
