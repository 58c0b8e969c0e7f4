import uses from './uses.json';

/** A durable consumer of a stream. */
export interface Consumption {
  readonly as: string;
  readonly stream: string;
  readonly filter: string;
}

/** A bucket of the object store. */
export interface Bucket {
  readonly bucket: string;
  /** Whether files are put there, too. */
  readonly writes: boolean;
}

/** What one app needs of the broker; `uses.json` is written from the sources by "npm run openapi". */
export interface Uses {
  /** Subjects of operations that it calls. */
  readonly calls: readonly string[];
  /** Facts that it listens to without a memory. */
  readonly watches: readonly string[];
  readonly consumes: readonly Consumption[];
  readonly keeps?: readonly Bucket[];
  /** Topics on which it tells what is new. */
  readonly tells?: readonly string[];
}

export interface Permissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

const known: Readonly<Record<string, Uses>> = uses;
const nothing: Uses = { calls: [], watches: [], consumes: [] };
const streams = ['FACTS', 'CHARGING', 'DEAD'];
const inbox = (name: string): string => `_INBOX_${name}.>`;
const serviceOf = (subject: string): string => subject.slice(0, subject.indexOf('.'));

/** Services own operations; everybody else only calls. */
export const isService = (name: string, all = known): boolean =>
  Object.values(all).some(({ calls }) => calls.some((subject) => serviceOf(subject) === name));

/**
 * The least that an app can live with: it calls what it calls, answers those who call it, tells its own facts
 * and changes, and reads its own consumers. Inboxes are private, so that nobody sees the answers of another.
 */
export function permissionsOf(name: string, all = known): Permissions {
  const { calls, watches, consumes, keeps = [], tells = [] } = all[name] ?? nothing;
  const serves = isService(name, all);
  const own = serves ? [`facts.${name}.>`, `changes.${name}.*`, ...consumes.map(({ as }) => `dead.${as}.>`)] : [];
  const streaming = serves || consumes.length > 0;
  return {
    publish: [
      ...calls,
      ...partners(name, all).map(inbox),
      ...own,
      ...tells,
      ...(streaming ? streamSubjects() : []),
      ...consumes.flatMap(consumerSubjects),
      ...(keeps.length > 0 && !streaming ? ['$JS.API.INFO'] : []),
      ...keeps.flatMap(bucketSubjects),
    ],
    // A service listens as a member of its queue group only: alone it would hear what is meant for a replica.
    subscribe: [inbox(name), ...watches, ...(serves ? [`${name}.> ${name}`] : [])],
  };
}

/** Whom it calls, and who calls it: long answers and streams need both directions. */
function partners(name: string, all: Readonly<Record<string, Uses>>): string[] {
  const called = (all[name]?.calls ?? []).map(serviceOf);
  const callers = Object.keys(all).filter((other) => all[other]?.calls.some((subject) => serviceOf(subject) === name));
  return [...new Set([...called, ...callers])].sort();
}

/** Looking whether the streams are there, and making them when not; changing or emptying one is not among it. */
const streamSubjects = (): string[] => [
  '$JS.API.INFO',
  ...streams.flatMap((stream) => [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.CREATE.${stream}`]),
];

/** The filter is part of the subject, so that a consumer cannot be made to read what is not its service's business. */
const consumerSubjects = ({ as, stream, filter }: Consumption): string[] => [
  `$JS.API.CONSUMER.INFO.${stream}.${as}`,
  `$JS.API.CONSUMER.CREATE.${stream}.${as}.${filter}`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.${as}`,
  `$JS.ACK.${stream}.${as}.>`,
];

/** A bucket is a stream of its own; reading one goes by messages or by a consumer for the moment. */
function bucketSubjects({ bucket, writes }: Bucket): string[] {
  const stream = `OBJ_${bucket}`;
  // The client library looks for the stream by its subject; names of streams are no secret.
  const api = (...verbs: string[]): string[] => verbs.map((verb) => `$JS.API.${verb.replace('*', stream)}`);
  return [
    ...api('STREAM.INFO.*', 'STREAM.CREATE.*', 'STREAM.MSG.GET.*', 'DIRECT.GET.*', 'DIRECT.GET.*.>'),
    ...api('STREAM.NAMES', 'CONSUMER.CREATE.*', 'CONSUMER.CREATE.*.>', 'CONSUMER.INFO.*.>', 'CONSUMER.DELETE.*.>'),
    `$JS.FC.${stream}.>`,
    ...(writes ? [...api('STREAM.PURGE.*'), `$O.${bucket}.>`] : []),
  ];
}

/** What the command of the platform's own staff may do beyond its operations: replay dead letters, begin anew after a restore. */
export const operatorPermissions = (all = known): Permissions => {
  const { publish, subscribe } = permissionsOf('operator', all);
  const admin = ['INFO', 'MSG.GET', 'MSG.DELETE'].map((verb) => `$JS.API.STREAM.${verb}.DEAD`);
  const reset = ['STREAM.INFO.FACTS', 'STREAM.DELETE.FACTS', 'CONSUMER.LIST.CHARGING', 'CONSUMER.DELETE.CHARGING.*'];
  admin.push(...reset.map((subject) => `$JS.API.${subject}`));
  return { publish: [...publish, '$JS.API.INFO', ...admin, 'facts.>', 'charging.>'], subscribe };
};

/** A charging back end tells about sessions and connectors, and hears nothing but the stream's word that it has it. */
export const chargingPermissions: Permissions = { publish: ['charging.>'], subscribe: [inbox('charging')] };
