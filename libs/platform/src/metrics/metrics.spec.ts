import { Metrics } from './metrics';

describe('metrics', () => {
  let metrics: Metrics;
  beforeEach(() => (metrics = new Metrics()));

  const line = async (start: string): Promise<string | undefined> =>
    (await metrics.text()).split('\n').find((text) => text.startsWith(start));

  it('are one of a name, whoever asks for it', async () => {
    metrics.counter('done_total', 'Done.', ['how']).inc({ how: 'well' });
    metrics.counter('done_total', 'Done.', ['how']).inc({ how: 'well' });
    metrics.durations('took_seconds', 'Took.').observe(0.004);
    metrics.durations('took_seconds', 'Took.').observe(4);
    expect(await line('done_total{')).toBe('done_total{how="well"} 2');
    expect(await line('took_seconds_bucket{le="0.005"}')).toBe('took_seconds_bucket{le="0.005"} 1');
    expect(await line('took_seconds_count')).toBe('took_seconds_count 2');
  });

  it('are read when somebody looks, once for all gauges of a reading', async () => {
    let reads = 0;
    metrics.read({
      gauges: { width: 'Width.', height: 'Height.' },
      labels: ['door'],
      read: () => [{ labels: { door: 'front' }, values: { width: (reads += 1), height: 2 } }],
    });
    expect(reads).toBe(0);
    const text = await metrics.text();
    expect(text).toContain('width{door="front"} 1');
    expect(text).toContain('height{door="front"} 2');
    expect(reads).toBe(1);
  });

  it('of several readers stand beside each other', async () => {
    const read = (queue: string) => ({
      gauges: { length: 'Length.' },
      labels: ['queue'],
      read: () => [{ labels: { queue }, values: { length: queue.length } }],
    });
    metrics.read(read('one'));
    metrics.read(read('three'));
    expect(await line('length{queue="one"}')).toBe('length{queue="one"} 3');
    expect(await line('length{queue="three"}')).toBe('length{queue="three"} 5');
  });

  it('that cannot be read are left out and counted, and do not hide the others', async () => {
    let broken = false;
    metrics.read({
      gauges: { lag: 'Lag.' },
      goodFor: 0,
      read: () => (broken ? Promise.reject(new Error('away')) : [{ values: { lag: 7 } }]),
    });
    metrics.read({ gauges: { other: 'Other.' }, read: () => [{ values: { other: 1 } }] });
    expect(await line('lag ')).toBe('lag 7');
    broken = true;
    expect(await line('lag ')).toBeUndefined();
    expect(await line('other ')).toBe('other 1');
    expect(await line('open_cpo_metric_failures_total{metric="lag"}')).toMatch(/ [12]$/);
    broken = false;
    expect(await line('lag ')).toBe('lag 7');
  });

  it('without a value for a gauge say nothing of it', async () => {
    metrics.read({ gauges: { proof: 'Proof.' }, read: () => [] });
    expect(await line('proof')).toBeUndefined();
    expect(await line('# TYPE proof')).toBe('# TYPE proof gauge');
  });

  it('of the process are there when asked for', async () => {
    metrics.watchProcess();
    expect(await line('nodejs_eventloop_lag_p99_seconds')).toBeDefined();
    expect(await line('process_resident_memory_bytes')).toBeDefined();
  });
});
