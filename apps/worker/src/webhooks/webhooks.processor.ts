import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type DeliverEvent, deliverEvent, delivering } from '@open-cpo/contracts';
import { JobRunner, TryLater } from '@open-cpo/jobs';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Log, Metrics } from '@open-cpo/platform';
import { WorkerConfig } from '../config';
import { type Sent, sendMessage } from './sending';
import { waitAfter } from './wait-after';

/** Deliveries at once: they wait for others most of the time. An account has a share of them, see `delivering.begin`. */
const CONCURRENCY = 40;
/** Milliseconds for one try; less than a process may take to end. */
const TIMEOUT_MS = 10_000;

/** What becomes of a try: a failed one is made again, one that is given up is not until the owner asks for it. */
const RESULTS = ['delivered', 'failed', 'given_up', 'not_tried'];
/** Milliseconds until a delivery comes again that was not tried. */
const NOT_TRIED_WAIT_MS = 5000;

/**
 * Sends events to the endpoints of owners. What is sent, where to, and whether it has arrived is known to the
 * notifications service alone, and so are the secrets: a job that is done twice, or lost, changes nothing.
 */
@Injectable()
export class WebhooksProcessor implements OnApplicationBootstrap {
  private readonly tries;

  constructor(
    private readonly runner: JobRunner,
    private readonly bus: Bus,
    private readonly config: WorkerConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.tries = metrics.counter('open_cpo_webhook_tries_total', 'Tries to deliver an event to an endpoint.', [
      'result',
    ]);
    // Known from the start: of what begins with one, Prometheus sees no increase.
    RESULTS.forEach((result) => this.tries.inc({ result }, 0));
  }

  onApplicationBootstrap(): void {
    this.runner.run(deliverEvent, (job, { number }) => this.deliver(job, number), { concurrency: CONCURRENCY });
  }

  private async deliver({ id }: DeliverEvent, attempt: number): Promise<void> {
    const { url, headers, body } = await this.bus.call(delivering.begin, { id }, internalCaller());
    if (url === null) return;
    const options = { local: this.config.webhookLocalTargets, patience: TIMEOUT_MS };
    const sent = await sendMessage({ url, headers, body }, options);
    const { done, tries } = await this.bus.call(delivering.finish, { id, ...sent }, internalCaller());
    this.tries.inc({ result: resultOf(sent, done) });
    // The address and the body are the owner's business, not the log's.
    this.log.debug('An event was sent', { delivery: id, ...sent });
    if (!done) throw new TryLater(sent.tried === false ? NOT_TRIED_WAIT_MS : waitAfter(tries, attempt), sent.error);
  }
}

const resultOf = ({ error, tried }: Sent, done: boolean): string => {
  if (tried === false) return 'not_tried';
  return error === undefined ? 'delivered' : done ? 'given_up' : 'failed';
};
