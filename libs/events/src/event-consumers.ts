import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  Optional,
} from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { EventMeta } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import { Broker, ERROR_TRANSLATOR, type ErrorTranslator } from '@open-cpo/messaging';
import { INBOX, type Inbox } from './inbox';
import { ConsumerMeters } from './consumer-meters';
import { PARKING, type Parking } from './retry/parking';
import type { BatchHandler } from './batch';
import { EventConsumer } from './consumer';
import { type Consumption, CONSUMPTION, streamOf } from './consumes';

/** Runs the consumers that methods with `@Consumes` and `@ConsumesBatch` declare. */
@Injectable()
export class EventConsumers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private consumers: EventConsumer[] = [];
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
    @Optional() @Inject(ERROR_TRANSLATOR) private readonly translate: ErrorTranslator = () => undefined,
  ) {}

  onApplicationBootstrap(): void {
    const found = this.declared();
    if (found.length === 0) return;
    found.forEach(({ consumption }) => this.broker.uses?.consume(consumption));
    const { inbox, parking } = this;
    if (!inbox || !parking) throw new Error('Consumers of events need an inbox: import PersistenceModule.');
    this.broker.account('streams').whenUp(() => this.start(found, inbox, parking));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closed = true;
    await Promise.all(this.consumers.map((consumer) => consumer.close()));
    // An acknowledgement that is lost brings its event once more.
    await this.broker.flush();
  }

  private start(found: readonly Declared[], inbox: Inbox, parking: Parking): void {
    if (this.closed) return;
    const { broker, log, translate } = this;
    this.consumers = found.map(({ consumption, method }) => {
      const handle = consumption.batch ? (method as BatchHandler) : oneByOne(consumption.as, inbox, method as Single);
      const meter = this.meters.watch(streamOf(consumption), consumption.as);
      return new EventConsumer({ broker, consumption, handle, log, translate, parking, meter });
    });
    this.consumers.forEach((consumer) => consumer.start());
  }

  private declared(): Declared[] {
    const wrappers = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    return wrappers.flatMap(({ instance }: { instance?: unknown }) => {
      if (typeof instance !== 'object' || instance === null) return [];
      const host = instance as Record<string, Declared['method']>;
      return this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object).flatMap((name) => {
        const method = host[name];
        const consumption = method && this.reflector.get<Consumption | undefined>(CONSUMPTION, method);
        return method && consumption ? [{ consumption, method: method.bind(instance) }] : [];
      });
    });
  }
}

type Single = (payload: unknown, meta: EventMeta) => Promise<void>;

interface Declared {
  readonly consumption: Consumption;
  readonly method: BatchHandler | Single;
}

/** Each event in a transaction of its own. */
const oneByOne =
  (as: string, inbox: Inbox, handle: Single): BatchHandler =>
  async (events) => {
    for (const { payload, meta } of events) await inbox.once(as, meta.eventId, () => handle(payload, meta));
    return [];
  };
