import { Injectable } from '@nestjs/common';
import { accept, type DomainEvent, type Dto } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import { Broker } from '../broker';
import { decode } from '../wire';
import { isPublished } from './dead-letter';

/** Lets processes without a database listen to events. */
@Injectable()
export class DomainEvents {
  constructor(
    private readonly broker: Broker,
    private readonly log: Log,
  ) {}

  /**
   * Delivers each event from now on to every process that watches, without a memory: for caches, not for records.
   * What is missed while the broker is unavailable has to be read again afterwards (see `Broker.whenBack`). With `part`, no
   * more of the payload is read than that declares.
   */
  watch<T, P = T>(
    domainEvent: DomainEvent<T>,
    onEvent: (payload: P, aggregateId: string) => void,
    part: Dto<P> = domainEvent.payload as unknown as Dto<P>,
  ): void {
    this.broker.uses?.watch(domainEvent);
    this.broker.whenUp((nats) => {
      nats.subscribe(domainEvent.filter, {
        callback: (_error, message) => {
          const { subject, data } = message;
          if (!isPublished(message)) return this.log.error('Dropped: no service published it', { subject });
          // An error that reached the client library would break the connection.
          try {
            const { input, errors } = accept(part, decode(data));
            errors.throwIfAny();
            onEvent(input, subject.slice(subject.lastIndexOf('.') + 1));
          } catch (error) {
            this.log.error('Fact passed over', { subject, error });
          }
        },
      });
    });
  }
}
