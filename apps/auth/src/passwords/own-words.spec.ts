import { isMadeOfOwnWords } from './own-words';

const owner = { email: 'amina.haddad@oran-power.example', firstName: 'Amina', lastName: 'Haddad' };

describe('a password of its owner’s own words', () => {
  it.each([
    'Amina1985!',
    'HaddadAmina',
    'amina.haddad',
    '4min4-h4dd4d',
    'Oran2026power',
    'Open-CPO-2026',
    'AMINA haddad 77',
  ])('is %s', (password) => expect(isMadeOfOwnWords(password, owner)).toBe(true));

  it.each(['a long and quiet river', 'amina likes quiet rivers', 'x7!kQ2#9vL0p', 'Charge-2026!', '12345678901'])(
    'is not %s',
    (password) => expect(isMadeOfOwnWords(password, owner)).toBe(false),
  );

  it('takes names of other scripts and with accents', () => {
    expect(isMadeOfOwnWords('أمينة2026!', { firstName: 'أمينة' })).toBe(true);
    expect(isMadeOfOwnWords('Benoit-1990', { firstName: 'Benoît' })).toBe(true);
  });

  it('asks nothing of who has no words', () => {
    expect(isMadeOfOwnWords('a long and quiet river', {})).toBe(false);
    expect(isMadeOfOwnWords('quiet river 7', { email: null, firstName: '', lastName: 'Li' })).toBe(false);
  });
});
