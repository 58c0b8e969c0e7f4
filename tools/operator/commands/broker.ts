import { type ConsumerInfo, jetstreamManager, type PeerInfo, type StreamInfo } from '@nats-io/jetstream';
import { orMissing } from '@open-cpo/messaging';
import { buckets } from '@open-cpo/files';
import { streams as eventStreams } from '@open-cpo/events';
import { type Command, UsageError } from '../command';

/** "2 current" or "1 current, nats-2 offline, nats-1 17 behind". */
function replicasOf(peers: readonly PeerInfo[]): string {
  const current = peers.filter((peer) => peer.current && !peer.offline).length;
  const behind = peers
    .filter((peer) => !peer.current || peer.offline)
    .map(({ name, offline, lag = 0 }) => (offline ? `${name} offline` : `${name} ${lag} behind`));
  return [`${current} current`, ...behind].join(', ');
}

const streamRow = ({ config, state, cluster }: StreamInfo): object => ({
  stream: config.name,
  messages: state.messages,
  bytes: state.bytes,
  oldest: state.messages > 0 ? state.first_ts : '',
  consumers: state.consumer_count,
  replicas: config.num_replicas,
  leader: cluster?.leader ?? '',
  followers: cluster?.replicas ? replicasOf(cluster.replicas) : '',
});

const consumerRow = (info: ConsumerInfo): object => ({
  consumer: info.name,
  pending: info.num_pending,
  unacknowledged: info.num_ack_pending,
  redelivered: info.num_redelivered,
  // Replicas that wait for events: none means that no process fetches them.
  waiting: info.num_waiting,
  last_acknowledged: info.ack_floor.last_active ?? '',
  leader: info.cluster?.leader ?? '',
});

/** The state of the broker, as far as it is read in an incident. */
export const brokerCommands: readonly Command[] = [
  {
    name: 'broker check',
    takes: [],
    summary: 'Connects to the broker, and prints its version and what JetStream uses of its storage.',
    async run({ nats }) {
      const manager = await jetstreamManager(nats);
      const { storage, memory, streams, consumers, limits } = await manager.getAccountInfo();
      const rtt_ms = await nats.rtt();
      const { version, server_name } = nats.info ?? {};
      const storage_limit = limits.max_storage > 0 ? limits.max_storage : 'none';
      return [{ server: server_name, version, rtt_ms, streams, consumers, storage, storage_limit, memory }];
    },
  },
  {
    name: 'broker streams',
    takes: [],
    summary: 'Streams with their size, replicas and followers that are behind.',
    async run({ nats }) {
      const { streams } = await jetstreamManager(nats);
      const rows: object[] = [];
      // One by one: a list is incomplete while a stream of the cluster has no leader.
      for (const { name } of [...eventStreams, ...buckets]) {
        const info = await orMissing(streams.info(name));
        rows.push(info ? streamRow(info) : { stream: name, messages: 'missing' });
      }
      return rows;
    },
  },
  {
    name: 'broker consumers',
    takes: ['stream'],
    summary: 'Consumers of a stream: events that wait, events that are being handled, and processes that fetch them.',
    async run({ nats }, [stream = '']) {
      if (!/^[\w-]+$/.test(stream))
        throw new UsageError(`A stream is named as "broker streams" lists it, not "${stream}".`);
      const { consumers } = await jetstreamManager(nats);
      const rows: object[] = [];
      for await (const info of consumers.list(stream)) rows.push(consumerRow(info));
      return rows;
    },
  },
];
