import { Injectable } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { Broker } from './broker';
import { NO_BYTES } from './wire';

const PREFIX = 'changes';

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
    if (!this.broker.connected) return;
    try {
      this.broker.connection().publish(`${PREFIX}.${service}.${accountId}`, NO_BYTES);
    } catch (error) {
      // What was written stays written, whether or not caches hear of it at once.
      this.log.warn('A change could not be told', { error, service });
    }
  }

  /** Calls back for each change from now on, of whichever service. */
  listen(told: (service: string, accountId: number) => void): void {
    this.broker.whenUp((nats) => {
      nats.subscribe(`${PREFIX}.>`, {
        callback: (_error, { subject }) => {
          const [, service = '', account = ''] = subject.split('.');
          told(service, Number(account));
        },
      });
    });
  }
}
