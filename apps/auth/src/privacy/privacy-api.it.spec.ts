import { Controller, Module } from '@nestjs/common';
import { type AccountMoney, payoutsAccounts } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestGateway, startTestService, type TestGateway, type TestService, until } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { AuthUnderTest, PASSWORD, type Person } from '../fixture/auth-under-test';
import { DeletionSweep } from './deletion-sweep';

let money: AccountMoney = { balance_usd: '0', pending_payouts: 0 };

@Controller()
class FakePayouts {
  @Handles(payoutsAccounts.money)
  money(): Promise<AccountMoney> {
    return Promise.resolve(money);
  }
}

@Module({ controllers: [FakePayouts] })
class FakePayoutsModule {}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

describe('personal data over the API', () => {
  let auth: AuthUnderTest;
  let payouts: TestService;
  let gateway: TestGateway;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    const { broker } = auth;
    payouts = await startTestService({ broker, module: FakePayoutsModule, serves: [payoutsAccounts], name: 'payouts' });
    gateway = await startTestGateway({ broker, gateway: gatewayParts, answersForAuth: false });
  });
  afterAll(async () => {
    await gateway?.stop();
    await payouts?.stop();
    await auth?.stop();
  });
  beforeEach(() => void (money = { balance_usd: '0', pending_payouts: 0 }));

  const ask = async (method: string, path: string, person?: Person, body?: object): Promise<Answer> => {
    const authorization: Record<string, string> = person ? { authorization: `Bearer ${person.user.access_token}` } : {};
    const headers = { ...authorization, 'content-type': 'application/json', prefer: 'respond-async' };
    const answer = await fetch(gateway.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {},
    };
  };
  const deletion = '/api/user/deletion';
  const request = (person?: Person, password = PASSWORD) => ask('POST', deletion, person, { password });

  it('requests, shows and stops the deletion of the own user', async () => {
    const [owner, rival] = [await auth.owner(), await auth.owner()];
    expect((await request()).status).toBe(401);
    const wrong = await request(owner, 'some other river');
    expect([wrong.status, wrong.body.errors]).toEqual([422, { password: ['The current password is incorrect.'] }]);
    expect((await ask('POST', deletion, owner, {})).status).toBe(422);
    expect((await ask('GET', deletion, owner)).status).toBe(404);
    const waiting = await request(owner);
    expect([waiting.status, waiting.body.results]).toEqual([
      200,
      expect.objectContaining({ closes_account: true, blocked_by: null }),
    ]);
    expect((await ask('GET', deletion, rival)).status).toBe(404);
    expect((await ask('DELETE', deletion, rival)).status).toBe(404);
    expect((await ask('GET', deletion, owner)).body.results).toEqual(waiting.body.results);
    expect((await ask('DELETE', deletion, owner)).status).toBe(200);
    expect((await ask('GET', deletion, owner)).status).toBe(404);
  });

  it('refuses the last owner with open money, by 409', async () => {
    money = { balance_usd: '10', pending_payouts: 0 };
    const { status, body } = await request(await auth.owner());
    expect([status, body.msg]).toEqual([409, expect.stringContaining('open balance')]);
  });

  it('stops it by the page of the mail', async () => {
    const owner = await auth.owner();
    await request(owner);
    const letter = (await auth.emailsTo(owner.user.email)).find(({ template }) => template === 'deletion-requested');
    const path = new URL(letter?.params.link ?? '').pathname;
    expect((await fetch(gateway.url + path)).status).toBe(200);
    const form = { method: 'POST', body: new URLSearchParams({ choice: 'stop' }) };
    expect((await fetch(gateway.url + path, form)).status).toBe(200);
    expect((await fetch(gateway.url + path, form)).status).toBe(404);
    expect((await ask('GET', deletion, owner)).status).toBe(404);
  });

  it('ends the tokens of a user who is deleted', async () => {
    const owner = await auth.owner();
    const member = await auth.member(owner, 'viewer');
    await request(member);
    await auth.database.query('update user_deletions set due_at = now() where user_id = $1', [member.user.id]);
    await auth.service.app.get(DeletionSweep, { strict: false }).run();
    await until(async () => (await ask('GET', '/api/user', member)).status === 401, 'the token to end');
    expect((await ask('GET', '/api/user', owner)).status).toBe(200);
  });

  it('exports what is held of the caller, whatever their role, to nobody else', async () => {
    const [owner, rival] = [await auth.owner(), await auth.owner()];
    const member = await auth.member(owner, 'viewer');
    expect((await ask('POST', '/api/user/export')).status).toBe(401);
    const { status, headers, body } = await ask('POST', '/api/user/export', member);
    expect([status, body.results]).toEqual([202, expect.objectContaining({ kind: 'personal-data', url: null })]);
    const path = headers.get('location') ?? '';
    expect((await ask('GET', path, member)).status).toBe(200);
    expect((await ask('GET', path, owner)).status).toBe(403);
    expect((await ask('GET', path, rival)).status).toBe(403);
    expect((await ask('GET', `${path}/file`, rival)).status).toBe(403);
    expect((await ask('DELETE', path, member)).status).toBe(200);
  });
});
