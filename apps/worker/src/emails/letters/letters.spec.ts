import { EMAIL_TEMPLATES, type EmailTemplate } from '@open-cpo/contracts';
import { letterOf } from './letters';
import { Unsendable } from './unsendable';

const params = {
  name: 'Ada',
  code: '4711',
  minutes: '15',
  inviter: 'Charge & Go',
  role: 'viewer',
  change: 'api-key-created',
};
const LANGUAGES = ['en', 'ar'] as const;
const every = LANGUAGES.flatMap((language) => EMAIL_TEMPLATES.map((template) => [template, language] as const));
const NASTY = `<script>alert("x")</script>'&`;

describe.each(every)('%s in %s', (template, language) => {
  it('has a subject, a text and a page', () => {
    const { subject, text, html } = letterOf({ template, language, params });
    expect(subject.length).toBeGreaterThan(5);
    expect(text).toContain('Ada');
    expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(`${subject}${text}${html}`).not.toMatch(/undefined|null|\[object|\$\{/);
  });

  it('shows what people typed as itself, never as markup', () => {
    const nasty = Object.fromEntries(Object.keys(params).map((name) => [name, NASTY]));
    const { html } = letterOf({ template, language, params: { ...nasty, change: params.change } });
    expect(html).not.toContain('<script');
    expect(html).not.toContain(`"x"`);
  });

  it('keeps line breaks and control characters out of the subject', () => {
    const broken = Object.fromEntries(Object.keys(params).map((name) => [name, 'a\r\nBcc: b@c.de\u0000\u2028\u202e']));
    expect(letterOf({ template, language, params: { ...broken, change: params.change } }).subject).not.toMatch(
      /[\u0000-\u001f\u2028\u2029\u202e]/,
    );
  });

  it('loads nothing from elsewhere', () => {
    const { html } = letterOf({ template, language, params });
    expect(html).not.toMatch(/src=|url\(|<link|<script|@import/);
  });

  it('is not written in the other language', () => {
    const { subject, text } = letterOf({ template, language, params: { code: '4711', change: params.change } });
    const arabic = /[\u0600-\u06ff]/;
    expect(arabic.test(subject)).toBe(language === 'ar');
    expect(arabic.test(text)).toBe(language === 'ar');
  });
});

describe('a code', () => {
  it.each(['verify-email', 'reset-password'] as const)('of %s stands on a line of its own', (template) => {
    for (const language of LANGUAGES) {
      const { text, html } = letterOf({ template, language, params });
      expect(text).toMatch(/^ {4}4711$/m);
      expect(html).toMatch(/<p dir="ltr"[^>]*>4711<\/p>/);
    }
  });

  it.each(['verify-email', 'reset-password'] as const)('must be there for %s', (template) => {
    for (const language of LANGUAGES) {
      expect(() => letterOf({ template, language, params: {} })).toThrow(Unsendable);
      expect(() => letterOf({ template, language, params: { code: '\r\n' } })).toThrow('needs the parameter code');
    }
  });

  it('is never told in a subject, where a locked phone shows it', () => {
    for (const [template, language] of every)
      expect(letterOf({ template, language, params }).subject).not.toContain('4711');
  });
});

describe('an invitation', () => {
  const invite = (more: Record<string, string>, language: 'en' | 'ar' = 'en') =>
    letterOf({ template: 'invitation', language, params: more });

  it('names who invites, as what', () => {
    const { subject, text } = invite(params);
    expect(subject).toBe('Charge & Go invites you to Open CPO');
    expect(text).toContain('Charge & Go invites you to work together on the power centers, as viewer.');
  });

  it('names the account and its owner', () => {
    const { text } = invite({ ...params, account: '12', owner: 'Amina Haddad' });
    expect(text).toContain('on the power centers of account 12 (owner: Amina Haddad), as viewer.');
  });

  it('goes without names and roles that are not known', () => {
    expect(invite({ role: 'emperor' }).text).toContain('A member invites you to work together');
    expect(invite({ role: 'emperor' }).text).not.toContain('emperor');
  });

  it('keeps a name in Latin letters from turning the Arabic words around it', () => {
    expect(invite({ inviter: 'Grace' }, 'ar').subject).toBe('دعوة من \u2068Grace\u2069 إلى Open CPO');
  });

  it('is accepted by nothing but itself, and says so', () => {
    expect(invite({}).text).toContain('You join only when you accept.');
    expect(invite({}, 'ar').text).toContain('لا تنضم إلا إذا قبلت الدعوة');
  });

  it('says what accepting means to an address that has a login', () => {
    expect(invite({ taken: '1' }).text).toContain('Accepting one moves your login to that account.');
    expect(invite({ taken: '1' }, 'ar').text).toContain('لديك تسجيل دخول خاص بك');
  });

  it('leads to its link', () => {
    const link = 'https://cpo.example/accept?t=a&u=b';
    expect(invite({ link }).text).toContain(link);
    expect(invite({ link }).html).toContain('href="https://cpo.example/accept?t=a&amp;u=b"');
  });

  it.each(['javascript:alert(1)', 'https://x/" onclick="y', 'data:text/html,x', '//x'])(
    'refuses the link %s',
    (link) => {
      expect(() => invite({ link })).toThrow(Unsendable);
    },
  );
});

describe('a template', () => {
  it.each(['unknown', 'constructor', '__proto__'])('called %s does not exist', (template) => {
    expect(() => letterOf({ template: template as EmailTemplate, language: 'en', params })).toThrow(Unsendable);
  });

  it('is not filled from what every object has', () => {
    expect(letterOf({ template: 'password-changed', language: 'en', params: {} }).text).not.toContain('function');
  });

  it('ignores values that are no texts', () => {
    const odd = { name: { toString: 'x' }, code: '1' } as unknown as Record<string, string>;
    expect(letterOf({ template: 'verify-email', language: 'en', params: odd }).text).toContain('Hello,');
  });
});

describe('faults of chargers', () => {
  const faults = {
    ...{ name: 'Ada', chargers: '2', charger_0: 'PIER_7', connector_0: '1', code_0: 'GroundFailure', vendor_0: 'E42' },
    ...{ at_0: '2026-05-12 09:02', charger_1: '<i>', connector_1: '0', code_1: '<b>', reports: '14' },
  };

  it('are shown a line each, as far as they are plain words', () => {
    const { subject, text } = letterOf({ template: 'charger-faults', language: 'en', params: faults });
    expect(subject).toBe('2 chargers report faults');
    expect(text).toContain('PIER_7, connector 1: GroundFailure (E42), 2026-05-12 09:02 (UTC)');
    expect(text).toMatch(/^\?: \?$/m);
    expect(text).toContain('14');
    expect(letterOf({ template: 'charger-faults', language: 'ar', params: faults }).text).toContain('GroundFailure');
  });
});

describe('a notice to owners', () => {
  const notice = (more: Record<string, string>, language: 'en' | 'ar' = 'en') =>
    letterOf({ template: 'account-notice', language, params: { change: 'payout-method-changed', ...more } });

  it('shows what was changed, by whom, until when payouts wait and how they are stopped', () => {
    const link = 'https://cpo.example/payout-stops/abc';
    const { text } = notice({
      method: 'bank_transfer',
      account_before: '****0570',
      account: '****0001',
      actor: 'Ada',
      actor_email: 'ada@example.com',
      until: '2026-12-01 09:30',
      link,
    });
    for (const line of [
      'Payout method: bank transfer',
      'Account before: ****0570',
      'Account: ****0001',
      'Done by: Ada',
      'Done by the login: ada@example.com',
      'Payouts to it wait until 2026-12-01 09:30 (UTC).',
      link,
    ])
      expect(text).toContain(line);
  });

  it('leaves out what is no detail of ours', () => {
    const { text } = notice({ account: 'pay https://evil.example', host: 'a b', actor_email: 'x', method: 'gold' });
    expect(text).not.toMatch(/evil|Server|Account|Done by|gold/);
  });

  it('of an unknown kind is not sent', () => {
    expect(() => notice({ change: 'toString' })).toThrow(Unsendable);
  });
});

describe('HTML', () => {
  it('shows what a code holds as itself', () => {
    const { html } = letterOf({ template: 'verify-email', language: 'en', params: { code: NASTY } });
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;');
  });
});
