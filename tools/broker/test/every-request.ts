import { uses } from '../uses';

/** Every durable consumer, and whose it is. */
export const consumers = Object.entries(uses).flatMap(([name, { consumes }]) =>
  consumes.map((one) => ({ name, ...one })),
);

/** Where an app finds the API of JetStream in an account of its own. */
export const imported = { apiPrefix: 'streams.API', checkAPI: false };

export const STREAMS = ['FACTS', 'CHARGING', 'DEAD', 'OBJ_exports', 'OBJ_UPLOADS'];

const requests = (before: string, verbs: readonly string[], after: string): string[] =>
  verbs.map((verb) => `${before}${verb}.${after}`);

const ofStreams = ['CREATE', 'UPDATE', 'DELETE', 'PURGE', 'INFO', 'SNAPSHOT', 'RESTORE', 'MSG.GET', 'MSG.DELETE'];
const ofClusters = ['STREAM.PEER.REMOVE', 'STREAM.LEADER.STEPDOWN'];
const ofConsumers = ['CREATE', 'DURABLE.CREATE', 'DELETE', 'PAUSE', 'UNPIN', 'INFO', 'MSG.NEXT'];

/** Whatever can be asked of JetStream, of each stream and consumer and of one that is not there. */
export const everyRequest: readonly string[] = [
  ...[
    'INFO',
    'STREAM.NAMES',
    'STREAM.LIST',
    'STREAM.TEMPLATE.CREATE.SPY',
    'ACCOUNT.PURGE.PLATFORM',
    'META.LEADER.STEPDOWN',
  ],
  ...[...STREAMS, 'SPY'].flatMap((stream) => [
    ...requests('STREAM.', ofStreams, stream),
    ...requests('', [...ofClusters, 'DIRECT.GET', 'CONSUMER.NAMES', 'CONSUMER.LIST', 'CONSUMER.CREATE'], stream),
    `DIRECT.GET.${stream}.facts.auth.x`,
    ...requests('CONSUMER.', ofConsumers, `${stream}.spy`),
    `CONSUMER.CREATE.${stream}.spy.facts.auth.>`,
  ]),
  ...consumers.flatMap(({ stream, as, filter }) => [
    ...requests('CONSUMER.', ofConsumers, `${stream}.${as}`),
    `CONSUMER.CREATE.${stream}.${as}.${filter}`,
    `CONSUMER.LEADER.STEPDOWN.${stream}.${as}`,
  ]),
];

/** Whether a subject is among those that somebody may publish. */
export const isOwn =
  (publish: readonly string[]) =>
  (subject: string): boolean =>
    publish.some((pattern) => covers(pattern.split('.'), subject.split('.')));

function covers(pattern: readonly string[], subject: readonly string[]): boolean {
  if (pattern.at(-1) !== '>' && pattern.length !== subject.length) return false;
  if (pattern.length > subject.length) return false;
  return pattern.every((token, index) => token === '>' || token === '*' || token === subject[index]);
}
