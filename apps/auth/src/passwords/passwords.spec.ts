import { hash } from '@node-rs/argon2';
import { FieldErrors } from '@open-cpo/contracts';
import { judgePassword } from './password-rules';
import { Passwords } from './passwords';

describe('passwords', () => {
  const passwords = new Passwords();

  it('are kept as argon2id with the recommended cost, each with a salt of its own', async () => {
    const [one, two] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(passwords.isOutdated(one)).toBe(false);
  });

  it('match themselves alone, to the last of 256 characters', async () => {
    const long = 'é'.repeat(255);
    const stored = await passwords.hash(`${long}x`);
    expect(await passwords.matches(stored, `${long}x`)).toBe(true);
    expect(await passwords.matches(stored, `${long}y`)).toBe(false);
  });

  it('are the same composed and decomposed', async () => {
    expect(await passwords.matches(await passwords.hash('caf\u00e9 noir'), 'cafe\u0301 noir')).toBe(true);
  });

  it('match nobody where there is no hash', async () => {
    expect(await passwords.matches(null, 'anything')).toBe(false);
    expect(await passwords.matches(undefined, '')).toBe(false);
  });

  it('are outdated when they cost less', async () => {
    const stored = await hash('correct horse', { memoryCost: 4096, timeCost: 1 });
    expect(passwords.isOutdated(stored)).toBe(true);
    expect(await passwords.matches(stored, 'correct horse')).toBe(true);
  });

  it.each([
    [{ password: 'Password123' }, ['The password is too common. Please choose another one.']],
    [{ password: 'Charge-2026!' }, undefined],
    [
      { password: 'Charge-2026!', password_confirmation: 'Charge-2026' },
      ['The password field confirmation does not match.'],
    ],
    [{ password: 'Charge-2026!', password_confirmation: 'Charge-2026!' }, undefined],
    [{ password: null, password_confirmation: 'x' }, undefined],
  ])('are judged beyond their length: %j', (chosen, complaint) => {
    const errors = new FieldErrors();
    judgePassword(chosen, errors);
    expect(errors.toMap().password).toEqual(complaint);
  });
});
