/** A durable consumer of a stream. */
export interface Consumption {
  readonly as: string;
  readonly stream: string;
  readonly filter: string;
  /** Whether many events are on their way at once. */
  readonly batch?: boolean;
  /** Where it starts when it is made: at the oldest event (`all`, the default), or at the first one after it. */
  readonly from?: 'all' | 'new';
}

/** A bucket of the object store. */
export interface Bucket {
  readonly bucket: string;
  /** Whether files are put there, too. */
  readonly writes: boolean;
}

/** What one app needs of the broker: what its `broker.ts` declares, as subjects (`tools/broker/uses.ts`). */
export interface Uses {
  /** Subjects of operations that it calls. */
  readonly calls: readonly string[];
  /** Events that it listens to without a memory. */
  readonly watches: readonly string[];
  readonly consumes: readonly Consumption[];
  readonly keeps?: readonly Bucket[];
  /** Topics on which it tells what is new. */
  readonly tells?: readonly string[];
  /** What replicas hold alone, where the others of the same app reach them. */
  readonly links?: readonly string[];
}

export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

export type AllUses = Readonly<Record<string, Uses>>;

const nothing: Uses = { calls: [], watches: [], consumes: [] };
const API = '$JS.API';
const streams = ['FACTS', 'CHARGING', 'DEAD', 'OBJ_exports', 'OBJ_UPLOADS'];
const inbox = (name: string): string => `_INBOX_${name}.>`;
/** The part of an inbox in which one peer alone may write. */
const inboxFor = (peer: string, owner: string): string => `_INBOX_${owner}.${peer}.>`;
const serviceOf = (subject: string): string => subject.slice(0, subject.indexOf('.'));

/** Services own operations; everybody else only calls. */
export const isService = (name: string, all: AllUses): boolean =>
  Object.values(all).some(({ calls }) => calls.some((subject) => serviceOf(subject) === name));

/** What is called in the account of the platform; operators call in one of their own. */
const withoutOperator = (all: AllUses): AllUses =>
  Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'operator'));

/**
 * The least that an app can live with: it calls what it calls, answers those who call it, tells its own events and changes.
 * Inboxes are private, so that nobody sees the answers of another, and have a part for each peer, so that nobody answers
 * for another. Nobody asks anything of JetStream here: the broker itself delivers what it answers, to any subject that is
 * named to it.
 */
export function permissionsOf(name: string, all: AllUses): Permissions {
  const { calls, watches, consumes, tells = [], links = [] } = withoutOperator(all)[name] ?? nothing;
  const serves = isService(name, all);
  const own = serves
    ? [
        `facts.${name}.>`,
        `changes.${name}.*`,
        `writes.${name}.*`,
        ...consumes.map(({ as, filter }) => `dead.${as}.${filter}`),
      ]
    : [];
  return {
    publish: [
      ...calls,
      ...partners(name, withoutOperator(all)).map((partner) => inboxFor(name, partner)),
      ...own,
      ...tells,
      ...links,
      ...(links.length > 0 ? [inboxFor(name, name)] : []),
    ],
    // A service listens as a member of its queue group only: alone it would hear what is meant for a replica.
    subscribe: [inbox(name), ...watches, ...links, ...(serves ? [`${name}.> ${name}`, `writes.${name}.*`] : [])],
  };
}

/** Whom it calls, and who calls it: long answers and streams need both directions. */
function partners(name: string, all: AllUses): string[] {
  const called = (all[name]?.calls ?? []).map(serviceOf);
  const callers = Object.keys(all).filter((other) => all[other]?.calls.some((subject) => serviceOf(subject) === name));
  return [...new Set([...called, ...callers])].sort();
}

/**
 * What an app asks of JetStream, as subjects of the account of the platform: finding its durable consumers, pulling from
 * them and acknowledging; reading files message by message, and writing where it writes.
 */
export function streamSubjects(name: string, all: AllUses): string[] {
  const { consumes, keeps = [] } = all[name] ?? nothing;
  return [...consumes.flatMap(consumerSubjects), ...keeps.flatMap(bucketSubjects)];
}

const consumerSubjects = ({ as, stream }: Consumption): string[] => [
  `${API}.CONSUMER.INFO.${stream}.${as}`,
  `${API}.CONSUMER.MSG.NEXT.${stream}.${as}`,
  `$JS.ACK.${stream}.${as}.>`,
];

function bucketSubjects({ bucket, writes }: Bucket): string[] {
  const stream = `OBJ_${bucket}`;
  const api = (...verbs: string[]): string[] => verbs.map((verb) => `${API}.${verb.replace('*', stream)}`);
  return [
    ...api('STREAM.INFO.*', 'DIRECT.GET.*', 'DIRECT.GET.*.>'),
    ...(writes ? [...api('STREAM.PURGE.*'), `$O.${bucket}.>`] : []),
  ];
}

/** The name of the API in the accounts that import a part of it: under its own the broker would not look further. */
const IMPORTED_API = 'streams.API';
export const importedAs = (subject: string): string => subject.replace(API, IMPORTED_API);

/** In the account that an app has for itself. Nothing when it reads no stream. */
export function streamPermissions(name: string, all: AllUses): Permissions | undefined {
  const publish = streamSubjects(name, all).map(importedAs);
  return publish.length > 0 ? { publish, subscribe: [inbox(name)] } : undefined;
}

/** In the account of operators: a service serves what operators alone may call, and answers them. */
export function servedToOperators(name: string, all: AllUses): Permissions {
  const theirs = (all.operator?.calls ?? []).filter((subject) => serviceOf(subject) === name);
  const resources = [...new Set(theirs.map((subject) => subject.slice(0, subject.lastIndexOf('.'))))].sort();
  return {
    publish: [inboxFor(name, 'operator')],
    subscribe: [inbox(name), ...resources.map((resource) => `${resource}.* ${name}`)],
  };
}

/** In the account of operators: the command of the platform's own staff calls. */
export function operatorCalls(all: AllUses): Permissions {
  const { calls } = all.operator ?? nothing;
  const services = [...new Set(calls.map(serviceOf))].sort();
  return {
    publish: [...calls, ...services.map((service) => inboxFor('operator', service))],
    subscribe: [inbox('operator')],
  };
}

/** In the account of the platform operators replay dead letters, start again after a restore, and read the state of the broker. */
export const operatorPermissions: Permissions = {
  publish: [
    ...['INFO', 'STREAM.INFO.*', 'CONSUMER.LIST.*', 'CONSUMER.INFO.*.*'].map((subject) => `${API}.${subject}`),
    ...['MSG.GET', 'MSG.DELETE'].map((verb) => `$JS.API.STREAM.${verb}.DEAD`),
    ...['STREAM.DELETE.FACTS', 'CONSUMER.DELETE.CHARGING.*'].map((subject) => `$JS.API.${subject}`),
    'facts.>',
    'charging.>',
  ],
  subscribe: [inbox('operator')],
};

/** What charging back ends tell: `charging.session.started`. */
export const CHARGING_EVENTS = 'charging.*.*';

/** A charging back end tells about sessions and connectors, and hears nothing but the stream's word that it has it. */
export const chargingPermissions = (user: string): Permissions => ({
  publish: [CHARGING_EVENTS],
  subscribe: [inbox(user)],
});

const makes = (stream: string): string[] =>
  ['INFO', 'CREATE', 'UPDATE'].map((verb) => `${API}.STREAM.${verb}.${stream}`);

/** The credential that makes streams and consumers, and is used for nothing else. */
export function setupPermissions(all: AllUses): Permissions {
  const consumers = Object.values(all).flatMap(({ consumes }) => consumes);
  return {
    publish: [
      `${API}.INFO`,
      ...streams.flatMap(makes),
      ...consumers.flatMap(({ as, stream, filter }) => [
        `${API}.CONSUMER.INFO.${stream}.${as}`,
        `${API}.CONSUMER.CREATE.${stream}.${as}.${filter}`,
        `${API}.CONSUMER.DELETE.${stream}.${as}`,
      ]),
    ],
    subscribe: [inbox('setup')],
  };
}
