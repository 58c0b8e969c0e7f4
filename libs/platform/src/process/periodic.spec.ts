import type { Log } from '../log/log';
import { Periodic } from './periodic';

const INTERVAL_MS = 1000;

class Work extends Periodic {
  readonly ends: ((error?: Error) => void)[] = [];
  readonly warnings: string[] = [];

  constructor() {
    super(INTERVAL_MS, { warn: (message: string) => this.warnings.push(message) } as unknown as Log);
  }

  run(): Promise<void> {
    return new Promise((resolve, reject) => this.ends.push((error) => (error ? reject(error) : resolve())));
  }
}

describe('periodic work', () => {
  let work: Work;
  const pass = (intervals: number) => jest.advanceTimersByTimeAsync(intervals * INTERVAL_MS);

  beforeEach(() => {
    jest.useFakeTimers();
    work = new Work();
    work.onApplicationBootstrap();
  });
  afterEach(() => jest.useRealTimers());

  it('begins after an interval, and again once it has ended', async () => {
    expect(work.ends).toHaveLength(0);
    await pass(3);
    expect(work.ends).toHaveLength(1);
    work.ends[0]?.();
    await pass(1);
    expect(work.ends).toHaveLength(2);
  });

  it('that fails is logged and tried again', async () => {
    await pass(1);
    work.ends[0]?.(new Error('no database'));
    await pass(1);
    expect(work.warnings).toHaveLength(1);
    expect(work.ends).toHaveLength(2);
  });

  it('is waited for at shutdown, and begins no more', async () => {
    await pass(1);
    let stopped = false;
    const stopping = work.onModuleDestroy().then(() => (stopped = true));
    await pass(2);
    expect(stopped).toBe(false);
    work.ends[0]?.();
    await stopping;
    await pass(2);
    expect(work.ends).toHaveLength(1);
  });
});
