import { Metrics } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import fastify, { type FastifyInstance } from 'fastify';
import { measureRequests } from './hooks';

describe('requests at the gateway', () => {
  let server: FastifyInstance;
  let metrics: Metrics;
  let url: string;
  let release: () => void;
  let arrived: Promise<void>;
  beforeEach(async () => {
    server = fastify();
    metrics = new Metrics();
    measureRequests(server, metrics);
    server.get('/things/:id', async () => 'thing');
    server.get('/refused', (_request, reply) => reply.code(422).header('x-error-code', 'validation_failed').send('no'));
    let here: () => void;
    arrived = new Promise((resolve) => (here = resolve));
    server.get('/slow', async () => {
      here();
      await new Promise<void>((resolve) => (release = resolve));
      return 'at last';
    });
    url = await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterEach(() => server.close());

  const ask = async (path: string, init?: RequestInit): Promise<void> => {
    await (await fetch(url + path, init)).text();
  };
  const shown = async (start: string): Promise<string[]> =>
    (await metrics.text()).split('\n').filter((line) => line.startsWith(`open_cpo_http_${start}`));
  const counts = (): Promise<string[]> => shown('request_duration_seconds_count');
  const eventually = (look: () => Promise<boolean>): Promise<boolean> => until(look);

  it('are one series a route, whatever the ids', async () => {
    for (const id of [1, 2, 3]) await ask(`/things/${id}?token=secret`);
    await eventually(async () => (await counts()).some((line) => line.endsWith(' 3')));
    expect(await counts()).toEqual([
      'open_cpo_http_request_duration_seconds_count{method="GET",route="/things/:id",status="200"} 3',
    ]);
  });

  it('that lead nowhere are one series, whatever was asked for', async () => {
    await ask('/nothing/1');
    await ask('/nothing/2', { method: 'PUT' });
    await ask('/things/1', { method: 'PROPFIND' });
    await eventually(async () => (await counts()).length >= 3);
    expect((await counts()).map((line) => /route="([^"]*)"/.exec(line)?.[1])).toEqual(['none', 'none', 'none']);
    expect((await counts()).map((line) => /method="([^"]*)"/.exec(line)?.[1]).sort()).toEqual(['GET', 'PUT', 'other']);
  });

  it('are counted by the class of their status, from zero', async () => {
    const counted = async (): Promise<Record<string, string>> => {
      const lines = await shown('responses_total');
      return Object.fromEntries(lines.map((line) => /class="(.*)"\} (\d+)/.exec(line)?.slice(1) as [string, string]));
    };
    const none = { '2xx': '0', '3xx': '0', '4xx': '0', '5xx': '0' };
    expect(await counted()).toEqual(none);
    await ask('/refused');
    await eventually(async () => (await counted())['4xx'] === '1');
    expect(await counted()).toEqual({ ...none, '4xx': '1' });
  });

  it('that are refused are counted by their code', async () => {
    await ask('/refused');
    await eventually(async () => (await shown('refusals_total')).length > 0);
    expect(await shown('refusals_total')).toEqual(['open_cpo_http_refusals_total{code="validation_failed"} 1']);
  });

  it('are in flight until they are answered, also when the client does not wait', async () => {
    const impatient = new AbortController();
    const asked = ask('/slow', { signal: impatient.signal });
    await arrived;
    expect(await shown('requests_in_flight')).toEqual(['open_cpo_http_requests_in_flight 1']);
    impatient.abort();
    await expect(asked).rejects.toThrow();
    await eventually(async () => (await counts()).length > 0);
    release();
    expect(await counts()).toEqual([
      'open_cpo_http_request_duration_seconds_count{method="GET",route="/slow",status="499"} 1',
    ]);
    await eventually(async () => (await shown('requests_in_flight'))[0]?.endsWith(' 0') ?? false);
  });
});
