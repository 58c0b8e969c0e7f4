import { type BrokerUses, calledOperations, type ConsumerUse, filterOf } from '@open-cpo/contracts';

/** A durable consumer as the code runs it. */
export interface RunConsumer {
  readonly as: string;
  readonly filter: string;
  readonly batch?: boolean;
  readonly from?: ConsumerUse['from'];
}

interface Filtered {
  readonly filter: string;
}

const consumerKey = ({ as, filter, batch = false, from = 'all' }: RunConsumer): string =>
  `${as} of ${filter}${batch ? ' in batches' : ''} from ${from}`;
/** What a service publishes of itself. */
const OWN = ['facts', 'changes', 'writes'];
const filters = (list: readonly Filtered[] = []): string[] => list.map(({ filter }) => filter);

/**
 * What a process has declared that it does at the broker. Anything else throws at once, by name: the broker would refuse it in
 * production, and a broker of tests without permissions would not.
 */
export class DeclaredUses {
  /** Subjects of the operations that it calls. */
  readonly calls: ReadonlySet<string>;
  private readonly watches: ReadonlySet<string>;
  private readonly consumers: ReadonlySet<string>;
  private readonly stores: ReadonlyMap<string, boolean>;
  private readonly publishes: ReadonlySet<string>;
  private readonly links: ReadonlySet<string>;

  constructor(
    private readonly service: string,
    uses: BrokerUses,
  ) {
    this.calls = new Set(calledOperations(uses).map(({ subject }) => subject));
    this.watches = new Set(filters(uses.watches));
    this.consumers = new Set(uses.consumes?.map((one) => consumerKey({ ...one, filter: filterOf(one) })));
    this.stores = new Map(uses.stores?.map(({ bucket, writes }) => [bucket, writes]));
    this.publishes = new Set(filters(uses.publishes));
    this.links = new Set(filters(uses.links));
  }

  /** @throws Error for an operation that is not declared */
  call({ subject }: { readonly subject: string }): void {
    if (!this.calls.has(subject)) this.refuse('calls', subject);
  }

  /** @throws Error for an event or a topic that is not declared */
  watch({ filter }: Filtered): void {
    if (filter !== `writes.${this.service}.*` && !this.watches.has(filter)) this.refuse('watches', filter);
  }

  /** @throws Error for a consumer that is not declared, or differently */
  consume(consumer: RunConsumer): void {
    const key = consumerKey(consumer);
    if (!this.consumers.has(key)) this.refuse('consumes', key);
  }

  /** @throws Error for a bucket that is not declared, or is declared to be read alone */
  store(bucket: string, writes: boolean): void {
    const declared = this.stores.get(bucket);
    if (declared === undefined || (writes && !declared)) this.refuse('stores', `${bucket}${writes ? ', writing' : ''}`);
  }

  /** @throws Error for what is neither an event or a change of the service's own nor declared */
  publish({ filter }: Filtered): void {
    const isOwn = OWN.some((prefix) => filter.startsWith(`${prefix}.${this.service}.`));
    if (!isOwn && !this.publishes.has(filter)) this.refuse('publishes', filter);
  }

  /** @throws Error for a link that is not declared */
  link({ filter }: Filtered): void {
    if (!this.links.has(filter)) this.refuse('links', filter);
  }

  private refuse(list: keyof BrokerUses, what: string): never {
    const place = `apps/${this.service}/src/broker.ts`;
    throw new Error(
      `${this.service} does not declare in ${place}, under "${list}": ${what}. Add it and run npm run openapi.`,
    );
  }
}
