import { changedMethod, filledIn, methodFields, methodValues } from './payout-method';

const DETAILS = {
  fullname: 'Amina',
  userType: 'company',
  TIN: '*******89',
  account_number: '****3000',
  bic: 'COBADEFF',
};

describe('a payout method', () => {
  it('asks for an account where it is a bank transfer', () => {
    const names = (kind: string) => methodFields(kind, (key) => key).map(({ name }) => name);
    expect(names('bank_transfer')).toEqual(expect.arrayContaining(['accountNumber', 'bic']));
    expect(names('stripe')).not.toContain('accountNumber');
    expect(Object.keys(methodValues('stripe'))).toEqual(names('stripe'));
  });

  it('is changed without the numbers that are shown masked', () => {
    const values = methodValues('bank_transfer', DETAILS);
    expect(values).toMatchObject({
      fullname: 'Amina',
      userType: 'company',
      bic: 'COBADEFF',
      accountNumber: '',
      TIN: '',
    });
    expect(changedMethod(DETAILS, { ...values, accountNumber: 'DE89' })).toEqual({ accountNumber: 'DE89' });
    expect(methodFields('bank_transfer', (key) => key, true).filter(({ required }) => required)).toHaveLength(1);
  });

  it('is sent without what was left empty', () => {
    expect(filledIn({ fullname: 'Amina', bic: '' })).toEqual({ fullname: 'Amina' });
  });
});
