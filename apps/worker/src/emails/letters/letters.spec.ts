import { EMAIL_TEMPLATES, type EmailTemplate } from '@open-cpo/contracts';
import { letterOf } from './letters';
import { Unsendable } from './unsendable';

const params = { name: 'Ada', code: '4711', minutes: '15', inviter: 'Charge & Go', role: 'viewer' };
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
    const { html } = letterOf({ template, language, params: nasty });
    expect(html).not.toContain('<script');
    expect(html).not.toContain(`"x"`);
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;');
  });

  it('keeps line breaks and control characters out of the subject', () => {
    const broken = Object.fromEntries(Object.keys(params).map((name) => [name, 'a\r\nBcc: b@c.de\u0000\u2028\u202e']));
    expect(letterOf({ template, language, params: broken }).subject).not.toMatch(/[\u0000-\u001f\u2028\u2029\u202e]/);
  });

  it('loads nothing from elsewhere', () => {
    const { html } = letterOf({ template, language, params });
    expect(html).not.toMatch(/src=|url\(|<link|<script|@import/);
  });

  it('is not written in the other language', () => {
    const { subject, text } = letterOf({ template, language, params: { code: '4711' } });
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
    expect(text).toContain('Charge & Go invites you to work together on power centers, as viewer.');
  });

  it('goes without names and roles that are not known', () => {
    expect(invite({ role: 'emperor' }).text).toContain('An account owner invites you to work together');
    expect(invite({ role: 'emperor' }).text).not.toContain('emperor');
  });

  it('keeps a name in Latin letters from turning the Arabic words around it', () => {
    expect(invite({ inviter: 'Grace' }, 'ar').subject).toBe('دعوة من \u2068Grace\u2069 إلى Open CPO');
  });

  it('says how it is accepted', () => {
    expect(invite({}).text).toContain('choose “Forgot password” with this e-mail address');
    expect(invite({}, 'ar').text).toContain('«نسيت كلمة المرور»');
  });

  it('says why it cannot be accepted with an address that has an account', () => {
    for (const { text } of [invite({ taken: '1' }), invite({ taken: '1', link: 'https://x.example' })]) {
      expect(text).toContain('already belongs to an account of its own');
      expect(text).not.toMatch(/Forgot password|https:/);
    }
    expect(invite({ taken: '1' }, 'ar').text).toContain('مرتبط بحساب قائم');
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
