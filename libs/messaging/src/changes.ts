import { Injectable } from '@nestjs/common';
import { allChanges } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import { Broker } from './broker';
import { NO_BYTES } from './wire';

const PREFIX = 'changes';
const WRITES = 'writes';

/** What a process of a service receives of writes of its other processes. */
export interface WritesListener {
  readonly written: (accountId: number) => void;
  /** Writes may be missed from now on, until `resumed`. */
  readonly interrupted: () => void;
  readonly resumed: () => void;
}

/**
 * Tells, without a memory, that a service has written something of an account: for caches, not for records. What is
 * missed while the broker is unavailable has to be read again afterwards (see `Broker.whenBack`).
 */
@Injectable()
export class Changes {
  constructor(
    private readonly broker: Broker,
    private readonly log: Log,
  ) {}

  /** After the commit and before the response: on one connection it arrives before the response. */
  tell(service: string, accountId: number): void {
    this.publish(`${PREFIX}.${service}.${accountId}`);
  }

  /**
   * Tells the processes of a service that an account's rows have changed. On one connection, and one broker, it arrives at each of
   * them before any request that was caused by what is sent after it.
   */
  written(service: string, accountId: number): void {
    this.publish(`${WRITES}.${service}.${accountId}`);
  }

  /** Waits until the broker has what was published. */
  flush(): Promise<void> {
    return this.broker.flush();
  }

  /** Follows the writes of a service, from `resumed` on. */
  follow(service: string, { written, interrupted, resumed }: WritesListener): void {
    let connection = 0;
    const begin = async (): Promise<void> => {
      const own = (connection += 1);
      await this.broker.flush();
      if (own === connection && this.broker.connected) resumed();
    };
    const broken = (error: unknown): void => this.log.warn('Writes are not followed', { error, service });
    this.broker.whenUp((nats) => {
      nats.subscribe(`${WRITES}.${service}.*`, {
        callback: (_error, { subject }) => written(Number(subject.slice(subject.lastIndexOf('.') + 1))),
      });
      begin().catch(broken);
    });
    this.broker.whenDown(() => {
      connection += 1;
      interrupted();
    });
    this.broker.whenBack(() => void begin().catch(broken));
  }

  /** Calls back for each change from now on, of whichever service. */
  listen(onChange: (service: string, accountId: number) => void): void {
    this.broker.uses?.watch(allChanges);
    this.broker.whenUp((nats) => {
      nats.subscribe(allChanges.filter, {
        callback: (_error, { subject }) => {
          const [, service = '', account = ''] = subject.split('.');
          onChange(service, Number(account));
        },
      });
    });
  }

  private publish(subject: string): void {
    if (!this.broker.connected) return;
    try {
      this.broker.connection().publish(subject, NO_BYTES);
    } catch (error) {
      // What was written stays written, whether or not others hear of it at once.
      this.log.warn('A change could not be published', { error, subject });
    }
  }
}
