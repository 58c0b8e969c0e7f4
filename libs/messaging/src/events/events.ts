import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type BeforeApplicationShutdown,
  Optional,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { accept, type DomainEvent, type Dto } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import { isPublished } from '../batches/dead';
import { Broker } from '../broker';
import { INBOX, type Inbox } from '../inbox';
import { ConsumerMeters } from '../metrics/consumer-meters';
import { PARKING, type Parking } from '../parking/parking';
import { decode } from '../wire';
import { type Consumption, CONSUMPTION } from './consumes';
import { FactConsumer } from './consumer';

/** Starts the consumers that methods with `@Consumes` declare, and lets processes without a database listen in. */
@Injectable()
export class DomainEvents implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private consumers: FactConsumer[] = [];
  private closed = false;

  constructor(
    private readonly broker: Broker,
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly log: Log,
    private readonly meters: ConsumerMeters,
    @Optional() @Inject(INBOX) private readonly inbox?: Inbox,
    @Optional() @Inject(PARKING) private readonly parking?: Parking,
  ) {}

  onApplicationBootstrap(): void {
    const found = this.declared();
    if (found.length === 0) return;
    for (const { consumption } of found) {
      const { as, from, domainEvent } = consumption;
      this.broker.uses?.consume({ as, from, filter: domainEvent.filter });
    }
    const { inbox, parking } = this;
    if (!inbox || !parking) throw new Error('Consumers of facts need an inbox: import PersistenceModule.');
    this.broker.account('streams').whenUp(() => this.start(found, inbox, parking));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
    // An acknowledgement that is lost keeps the next event waiting until this one is delivered again.
    await this.broker.flush();
  }

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

  private start(found: Found[], inbox: Inbox, parking: Parking): void {
    if (this.closed) return;
    const { broker, log } = this;
    this.consumers = found.map(({ consumption, consume }) => {
      const meter = this.meters.watch(consumption.domainEvent.stream, consumption.as);
      return new FactConsumer({ broker, consumption, consume, inbox, parking, log, meter });
    });
    this.consumers.forEach((consumer) => void consumer.run());
  }

  private declared(): Found[] {
    const wrappers = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    return wrappers.flatMap(({ instance }: { instance?: unknown }) => {
      if (typeof instance !== 'object' || instance === null) return [];
      const host = instance as Record<string, (payload: unknown, meta: unknown) => Promise<void>>;
      return this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((name) => {
        const method = host[name];
        const consumption = method && this.reflector.get<Consumption | undefined>(CONSUMPTION, method);
        return method && consumption ? [{ consumption, consume: method.bind(instance) }] : [];
      });
    });
  }
}

interface Found {
  consumption: Consumption;
  consume: (payload: unknown, meta: unknown) => Promise<void>;
}
