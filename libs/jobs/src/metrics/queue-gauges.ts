import type { Metrics, Reading } from '@open-cpo/platform';
import type { Queue } from 'bullmq';

/** Redis is asked this often, in milliseconds, however many scrapers there are. */
const GOOD_FOR = 15_000;
const STATES = ['waiting', 'prioritized', 'active', 'delayed', 'failed'] as const;

const GAUGES = {
  open_cpo_queue_jobs: 'Jobs in a queue by their state.',
  open_cpo_queue_oldest_seconds: 'Age of the oldest job that waits to be begun.',
};

/** Shows how long a queue is, and for how long its oldest job has waited. */
export function measureQueue(metrics: Metrics, name: string, ask: <T>(question: Question<T>) => Promise<T>): void {
  const read = (): Promise<Reading[]> => ask((queue) => readingsOf(name, queue));
  metrics.read({ gauges: GAUGES, labels: ['queue', 'state'], goodFor: GOOD_FOR, read });
}

type Question<T> = (queue: Queue) => Promise<T>;

async function readingsOf(name: string, queue: Queue): Promise<Reading[]> {
  const [counts, oldest] = await Promise.all([
    queue.getJobCounts(...STATES),
    queue.getJobs(['waiting', 'prioritized'], 0, 0, true),
  ]);
  const age = Math.max(0, ...oldest.map(({ timestamp }) => (Date.now() - timestamp) / 1000));
  return [
    ...STATES.map((state) => ({ labels: { queue: name, state }, values: { open_cpo_queue_jobs: counts[state] ?? 0 } })),
    { labels: { queue: name, state: 'waiting' }, values: { open_cpo_queue_oldest_seconds: age } },
  ];
}
