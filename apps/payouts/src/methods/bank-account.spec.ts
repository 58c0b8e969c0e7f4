import { FieldErrors } from '@open-cpo/contracts';
import { accountNumberOf, isAccountNumber, withBankAccount } from './bank-account';

const IBANS = [
  'DE89370400440532013000',
  'GB82WEST12345698765432',
  'FR1420041010050500013M02606',
  'NO9386011117947',
  'JO94CBJO0010000000000131000302',
  'MA64011519000001205000534921',
  'DZ580002100001113000000570',
  'MT84MALT011000012345MTLCAST001S',
];

describe('account numbers', () => {
  it.each([
    ['de89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['IBAN: GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['GB82-WEST-1234-5698-7654-32', 'GB82WEST12345698765432'],
    ['12-3456/0789.01', '123456078901'],
  ])('"%s" is %s', (entered, electronic) => {
    expect(accountNumberOf(entered)).toBe(electronic);
    expect(isAccountNumber(electronic)).toBe(true);
  });

  it('are IBANs of the right length with the right check digits', () => {
    for (const iban of IBANS) {
      expect([iban, isAccountNumber(iban)]).toEqual([iban, true]);
      expect(isAccountNumber(`${iban}0`)).toBe(false);
      expect(isAccountNumber(iban.slice(0, -1))).toBe(false);
    }
  });

  it('with one digit mistyped, or two neighbours exchanged, are refused', () => {
    for (const iban of IBANS) {
      for (let at = 2; at < iban.length; at += 1) {
        const digit = iban[at] as string;
        if (!/\d/.test(digit)) continue;
        const mistyped = iban.slice(0, at) + String((Number(digit) + 1) % 10) + iban.slice(at + 1);
        expect([mistyped, isAccountNumber(mistyped)]).toEqual([mistyped, false]);
        const next = iban[at + 1];
        if (at < 4 || next === undefined || next === digit || !/\d/.test(next)) continue;
        const exchanged = iban.slice(0, at) + next + digit + iban.slice(at + 2);
        expect([exchanged, isAccountNumber(exchanged)]).toEqual([exchanged, false]);
      }
    }
  });

  it.each(['!!!!', '123', 'XX00370400440532013000', 'DE00370400440532013000', 'ACCOUNT', '1'.repeat(35), 'A1234567'])(
    '"%s" is none',
    (text) => expect(isAccountNumber(text)).toBe(false),
  );
});

describe('bank accounts', () => {
  const checked = (input: object) => {
    const errors = new FieldErrors();
    const read = withBankAccount(input, errors);
    return { read, refused: ['account_number', 'bic'].filter((field) => errors.has(field)) };
  };

  it('may be absent', () => {
    expect(checked({})).toEqual({ read: {}, refused: [] });
    expect(checked({ accountNumber: null, bic: null })).toEqual({
      read: { accountNumber: null, bic: null },
      refused: [],
    });
  });

  it.each([
    ['cobadeff', 'COBADEFF', true],
    ['COBA DE FF XXX', 'COBADEFFXXX', true],
    ['COBADEF', 'COBADEF', false],
    ['COBAXXFF', 'COBAXXFF', false],
    ['1234', '1234', false],
  ])('with the BIC "%s"', (entered, bic, valid) => {
    expect(checked({ bic: entered })).toEqual({ read: { bic }, refused: valid ? [] : ['bic'] });
  });

  it('name both faults', () => {
    expect(checked({ accountNumber: '????', bic: '?' }).refused).toEqual(['account_number', 'bic']);
  });
});
