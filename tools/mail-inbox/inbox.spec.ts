import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { anyFree } from '../stack/ports';
import { startInbox, type Inbox } from './inbox';

describe('the mail inbox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inbox-'));
  let inbox: Inbox;
  let base: string;
  let smtpPort: number;

  const open = async (): Promise<void> => {
    smtpPort = await anyFree();
    const httpPort = await anyFree();
    base = `http://127.0.0.1:${httpPort}`;
    inbox = await startInbox({ smtpPort, httpPort, file: join(folder, 'mails.jsonl') });
  };
  const send = (mail: object): Promise<unknown> => {
    const from = 'Open CPO <no-reply@open-cpo.test>';
    return createTransport(`smtp://127.0.0.1:${smtpPort}`).sendMail({ from, ...mail });
  };
  const messages = async (query = ''): Promise<{ id: string; subject: string; text: string; to: string[] }[]> =>
    (await fetch(`${base}/api/messages${query}`)).json() as never;

  beforeEach(open);
  afterEach(async () => {
    await fetch(`${base}/api/messages`, { method: 'DELETE' });
    await inbox.stop();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('tells programs what came, newest first and by recipient', async () => {
    await send({ to: 'first@x.test', subject: 'Your code', text: 'Code 1234' });
    await send({ to: 'second@x.test', bcc: 'hidden@x.test', subject: 'رمزك', text: 'الرمز 5678', html: '<p>5678</p>' });
    expect((await messages()).map(({ subject }) => subject)).toEqual(['رمزك', 'Your code']);
    expect(await messages('?to=first@x.test')).toMatchObject([{ text: 'Code 1234', to: ['first@x.test'] }]);
    expect(await messages('?to=hidden@x.test')).toHaveLength(1);
    const [newest] = await messages();
    expect(await (await fetch(`${base}/api/messages/${newest?.id}`)).json()).toMatchObject({ subject: 'رمزك' });
  });

  it('keeps mails over a restart', async () => {
    await send({ to: 'a@x.test', subject: 'Kept', text: 'x' });
    await inbox.stop();
    await open();
    expect(await messages()).toMatchObject([{ subject: 'Kept' }]);
  });

  it('shows people the list and each mail, with what came made harmless', async () => {
    await send({ to: 'a@x.test', subject: '<script>alert(1)</script>', text: '<b>plain</b>', html: '<b>rich</b>' });
    const list = await (await fetch(base)).text();
    expect(list).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const path = /\/messages\/[\w-]+/.exec(list)?.[0] ?? '';
    const shown = await fetch(base + path);
    const page = await shown.text();
    expect(page).toContain('&lt;b&gt;plain&lt;/b&gt;');
    expect(page).toContain(`<iframe sandbox="" title="HTML part" src="${path}/html">`);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await fetch(`${base}${path}/html`)).text()).toContain('<b>rich</b>');
  });

  it('has no page for what is not there and takes no other methods', async () => {
    const status = async (path: string, method = 'GET'): Promise<number> =>
      (await fetch(base + path, { method })).status;
    expect(await status('/elsewhere')).toBe(404);
    expect(await status('/messages/none')).toBe(404);
    expect(await status('/api/messages/none')).toBe(404);
    expect(await status('/api/messages', 'POST')).toBe(405);
  });

  it('tells nothing to a page of another name that leads here (DNS rebinding)', async () => {
    await send({ to: 'a@x.test', subject: 'Your code', text: 'Code 1234' });
    const asked = (host: string, method = 'GET'): Promise<number | undefined> =>
      new Promise((resolve) => {
        const options = { method, headers: { host } };
        request(`${base}/api/messages`, options, (response) => resolve(response.resume().statusCode)).end();
      });
    const { port } = new URL(base);
    for (const host of ['evil.example', `evil.example:${port}`, 'localhost.evil.example', '127.0.0.1.nip.io']) {
      expect([host, await asked(host), await asked(host, 'DELETE')]).toEqual([host, 421, 421]);
    }
    for (const host of ['localhost', `LOCALHOST:${port}`, `127.0.0.1:${port}`, '[::1]:1']) {
      expect([host, await asked(host)]).toEqual([host, 200]);
    }
  });

  it('answers nonsense in a request line without ending', async () => {
    const status = await new Promise((resolve) => {
      request(`${base}/`, { path: '//' }, (response) => resolve(response.statusCode)).end();
    });
    expect(status).toBe(400);
    expect(await messages()).toEqual([]);
  });
});
