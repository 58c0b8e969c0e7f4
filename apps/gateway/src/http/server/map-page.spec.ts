import { recordingGateway, type RecordingGateway } from '../../fixture/recording-gateway';
import '../../index';

let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway();
});
afterAll(() => gateway?.stop());

const get = (path: string) => gateway.ask('GET', path, { headers: {} });

describe('the page with the map', () => {
  it('is there for everybody, and loads only what the gateway serves', async () => {
    const { status, headers, text } = await get('/docs/map');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(loaded).toHaveLength(4);
    for (const path of loaded) {
      expect(path).toMatch(/^\/docs\/map\//);
      const { status: found, headers: of } = await get(path);
      expect([path, found]).toEqual([path, 200]);
      expect(of.get('content-type')).toMatch(/^(text\/css|(text|application)\/javascript)/);
    }
  });

  it('needs nothing that its content policy forbids', async () => {
    const { headers, text } = await get('/docs/map');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(text).not.toMatch(/<script>|<style|style=|\son\w+=/);
    const { text: script } = await get('/docs/map/map.js');
    expect(script).not.toMatch(/https?:\/\/|innerHTML|eval\(|localStorage|sessionStorage/);
  });

  it.each(['/docs/map/index.html', '/docs/map/leaflet/leaflet-src.js', '/docs/map/../main.js', '/docs/map/leaflet/'])(
    'serves nothing else: %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});
