import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { recordingGateway } from '../fixture/recording-gateway';
import '../index';
import { serveDashboard, tilesOrigin } from './dashboard';

const PAGE = '<!doctype html><title>Dashboard</title><script type="module" src="/assets/index-AbC123.js"></script>';
const SCRIPT = 'export const answer = 42;'.repeat(100);
const folder = mkdtempSync(join(tmpdir(), 'open-cpo-dashboard-'));
const settings = { dashboard: 'on', mapTilesAttribution: '' } as const;

let app: FastifyInstance;
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'routes.json'), JSON.stringify(['orders', 'sign-in']));
  writeFileSync(join(folder, 'licenses.txt'), 'vue 3 (MIT) © its authors');
  writeFileSync(join(folder, 'assets/index-AbC123.js'), SCRIPT);
  writeFileSync(join(folder, 'assets/index-AbC123.js.br'), 'compressed');
  app = Fastify();
  await serveDashboard(app, settings, folder);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });

describe('the dashboard', () => {
  it.each(['/', '/orders', '/orders/7', '/sign-in?next=/orders'])('has its page at %s', async (path) => {
    const { statusCode, headers, body } = await get(path);
    expect([statusCode, headers['content-type'], headers['cache-control'], body]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
      PAGE,
    ]);
  });

  it.each([
    '/api',
    '/api/nothing',
    '/elsewhere',
    '/routes.json',
    '/index.html',
    '/assets/index-old.js',
    '/assets/../index.html',
  ])('has no page at %s', async (path) => {
    expect((await get(path)).statusCode).toBe(404);
  });

  it('has the licenses of what it consists of', async () => {
    const { statusCode, headers, body } = await get('/licenses.txt');
    expect([statusCode, headers['content-type'], body]).toEqual([
      200,
      'text/plain; charset=utf-8',
      'vue 3 (MIT) © its authors',
    ]);
  });

  it('answers HEAD, and 304 to who has the page', async () => {
    const { headers, statusCode, body } = await app.inject({ method: 'HEAD', url: '/' });
    expect([statusCode, body, Number(headers['content-length'])]).toEqual([200, '', PAGE.length]);
    const again = await get('/orders', { 'if-none-match': headers.etag });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('lets browsers keep files for ever, and sends the compressed form that was built', async () => {
    const { headers, body } = await get('/assets/index-AbC123.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect([body, headers.etag]).toEqual([SCRIPT, expect.any(String)]);
    const small = await get('/assets/index-AbC123.js', { 'accept-encoding': 'br' });
    expect([small.headers['content-encoding'], small.body]).toEqual(['br', 'compressed']);
  });

  it('allows no inline script or style, no evaluation, and nothing from elsewhere', async () => {
    const policy = String((await get('/')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('names the tiles that the operator has chosen, in the policy too', async () => {
    const other = Fastify();
    const tiles = { mapTilesUrl: 'https://{s}.tiles.example.com/{z}/{x}/{y}.png', mapTilesAttribution: '© Tiles' };
    await serveDashboard(other, { ...settings, ...tiles }, folder);
    const { headers } = await other.inject('/');
    expect(String(headers['content-security-policy'])).toContain(
      "img-src 'self' data: blob: https://*.tiles.example.com;",
    );
    expect((await other.inject('/dashboard.json')).json()).toEqual({
      tiles: { url: tiles.mapTilesUrl, attribution: '© Tiles' },
    });
    expect((await get('/dashboard.json')).json()).toEqual({});
    expect(tilesOrigin('http://localhost:8080/{z}/{x}/{y}.png')).toBe('http://localhost:8080');
    await other.close();
  });

  it('is not there when it is off, or was not built', async () => {
    const off = Fastify();
    await serveDashboard(off, { ...settings, dashboard: 'off' }, folder);
    expect((await off.inject('/')).statusCode).toBe(404);
    await off.close();
  });

  it('leaves the errors of the API as they are', async () => {
    const gateway = await recordingGateway({ DASHBOARD: 'on' });
    const { status, body } = await gateway.ask('GET', '/api/no/such/thing');
    expect([status, body]).toMatchObject([404, { success: 0 }]);
    await gateway.stop();
  });
});
