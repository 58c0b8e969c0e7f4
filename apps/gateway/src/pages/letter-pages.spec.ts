import { deletions, invitations, payoutsStops, Refusal } from '@open-cpo/contracts';
import { replyOf } from '../fixture/recording-bus';
import { recordingGateway, type RecordingGateway } from '../fixture/recording-gateway';
import '../index';
import { pageOf } from './page';

const TOKEN = 'aB3_-'.repeat(8);
const INVITATION = {
  account_id: 7,
  account_name: '<b>Amina</b>',
  inviter_name: 'Salma & "Co"',
  inviter_email: 'salma@example.com',
  role: 'manager',
  email: 'omar@example.com',
};
const METHOD = { method: 'bank_transfer', account: '****0570', held_until: '2025-05-14T09:02:00.000000Z' };
const DELETION = { due_at: '2025-05-14T09:02:00.000000Z', closes_account: true };

let gateway: RecordingGateway;
let refusal: Refusal | undefined;
beforeAll(async () => (gateway = await recordingGateway()));
afterAll(() => gateway?.stop());
beforeEach(() => {
  gateway.bus.reset();
  refusal = undefined;
  gateway.bus.answer = ({ subject }) => {
    if (subject === invitations.shown.subject) return replyOf(INVITATION);
    if (subject === payoutsStops.shown.subject) return replyOf(METHOD);
    if (subject === deletions.shown.subject) return replyOf(DELETION);
    if (refusal) throw refusal;
    return replyOf(null);
  };
});

const called = () => gateway.bus.calls.map(({ subject }) => subject);
const press = (path: string, form: string) =>
  gateway.ask('POST', path, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Firefox', 'accept-language': 'en' },
    body: form,
  });

describe('a page that a link in a letter leads to', () => {
  it.each([
    [`/invitations/${TOKEN}`, invitations.shown.subject],
    [`/payout-stops/${TOKEN}`, payoutsStops.shown.subject],
    [`/deletion-stops/${TOKEN}`, deletions.shown.subject],
  ])('%s changes nothing when it is fetched, runs nothing and is not kept', async (path, shown) => {
    const { status, headers, text } = await gateway.ask('GET', path, { headers: {} });
    expect([status, headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([
      200,
      'no-store',
      'no-referrer',
    ]);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/);
    expect(text).not.toContain('<script');
    expect(called()).toEqual([shown]);
  });

  it.each(['<b>Amina</b>', 'Your payout waits at evil.example', 'Call 0900'])(
    'omits the name %j that the letter omits, and shows others as texts',
    async (inviter_name) => {
      gateway.bus.answer = () => replyOf({ ...INVITATION, inviter_name, account_name: 'Salma & Co' });
      const { text } = await gateway.ask('GET', `/invitations/${TOKEN}`, { headers: {} });
      expect(text).toContain('Salma &amp; Co');
      expect(text).toContain('Invited by: salma@example.com');
      expect(text).not.toMatch(/<b>|payout|0900/);
    },
  );

  it('accepts an invitation by its button, and says which program did', async () => {
    const { status } = await press(`/invitations/${TOKEN}`, 'choice=accept&password=a+quiet+river&first_name=Omar');
    expect([status, called()]).toEqual([200, [invitations.acceptByToken.subject]]);
    expect(gateway.bus.last?.input).toEqual({
      invitation_token: TOKEN,
      password: 'a quiet river',
      first_name: 'Omar',
    });
    expect(gateway.bus.last?.caller).toMatchObject({ userAgent: 'Firefox', ip: expect.any(String) });
    expect(gateway.bus.last?.caller.identity).toBeUndefined();
  });

  it.each([
    [`/invitations/${TOKEN}`, 'decline', invitations.declineByToken.subject],
    [`/payout-stops/${TOKEN}`, 'stop', payoutsStops.stop.subject],
    [`/deletion-stops/${TOKEN}`, 'stop', deletions.stopByToken.subject],
  ])('%s does what its button %s says', async (path, choice, subject) => {
    expect((await press(path, `choice=${choice}`)).status).toBe(200);
    expect(called()).toEqual([subject]);
  });

  it.each([`/invitations/${TOKEN}`, `/payout-stops/${TOKEN}`])('%s does nothing else', async (path) => {
    for (const form of ['', 'choice=other', 'choice[]=accept&choice[]=stop'])
      expect((await press(path, form)).status).toBe(404);
    expect(called()).toEqual([]);
  });

  it.each(['short', `${TOKEN}x`, TOKEN.replace('_', '.')])('asks nothing for the token %s', async (token) => {
    expect((await gateway.ask('GET', `/invitations/${token}`, { headers: {} })).status).toBe(404);
    expect(called()).toEqual([]);
  });

  it.each([
    [new Refusal('validation_failed', { fields: { password: ['Too <short>.'] } }), 422, 'Too &lt;short&gt;.'],
    [new Refusal('conflict', { message: 'Taken.' }), 409, 'Taken.'],
    [new Refusal('not_found'), 404, 'This link is not valid'],
  ])('says why it was refused', async (given, status, said) => {
    refusal = given;
    const answer = await press(`/invitations/${TOKEN}`, 'choice=accept&password=x');
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(said);
  });

  it('keeps what was typed after a refusal, but no password', async () => {
    refusal = new Refusal('validation_failed', { fields: { password: ['The password field is required.'] } });
    const answer = await press(`/invitations/${TOKEN}`, 'choice=accept&first_name=S%22ara&password=river');
    expect(answer.text).toContain('value="S&quot;ara"');
    expect(answer.text).not.toContain('river');
  });

  it('is Arabic for readers of Arabic, with role and refusal', async () => {
    refusal = new Refusal('validation_failed', { fields: { password: ['The password field is required.'] } });
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'ar' };
    const { text } = await gateway.ask('POST', `/invitations/${TOKEN}`, { headers, body: 'choice=accept' });
    expect(text).toContain('الدور: مشرف');
    expect(text).toContain('حقل كلمة المرور مطلوب.');
  });

  it('leads on to where one signs in, if there is a dashboard', async () => {
    const accept = 'choice=accept&password=x';
    expect((await press(`/invitations/${TOKEN}`, accept)).text).not.toContain('<a ');
    expect(pageOf({ title: 'Done', lines: [], link: ['/sign-in', 'Sign in'] }, 'en')).toContain('<a href="/sign-in">');
  });
});
