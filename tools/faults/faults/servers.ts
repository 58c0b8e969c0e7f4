import type { ServerName } from '../../stack/servers/binaries';
import type { Trouble } from '../proxy/fault-proxy';
import type { FaultEnvironment } from '../environment/fault-environment';
import type { Fault } from './fault';

const LABEL: Record<ServerName, string> = { postgres: 'PostgreSQL', nats: 'NATS', redis: 'Redis' };
/** While Redis is away the API goes on; what is for queues waits in the outbox. */
const HITS: Record<ServerName, Fault['hits']> = { postgres: 'all', nats: 'all', redis: [] };

const line = (server: ServerName, what: string, trouble: Trouble, more: Partial<Fault> = {}): Fault => ({
  name: `${what} line to ${LABEL[server]}`,
  hits: HITS[server],
  lasts: 4500,
  begin: ({ lines }) => lines.to[server].impair(trouble),
  end: ({ lines }) => lines.heal(),
  ...more,
});

const cut = (server: ServerName, more: Partial<Fault> = {}): Fault => ({
  name: `cut line to ${LABEL[server]}`,
  hits: HITS[server],
  lasts: 4000,
  begin: ({ lines }) => lines.to[server].cut(true),
  end: ({ lines }) => lines.heal(),
  ...more,
});

const reset = (server: ServerName): Fault => ({
  name: `reset every connection to ${LABEL[server]}`,
  hits: HITS[server],
  lasts: 1000,
  begin: ({ lines }) => lines.to[server].cut(),
});

const restart = (server: ServerName, signal: NodeJS.Signals, how: string, more: Partial<Fault> = {}): Fault => ({
  name: `${how} of ${LABEL[server]}`,
  hits: HITS[server],
  lasts: 3000,
  begin: (environment) => environment.hitServer(server, signal),
  ...more,
});

/** Stops a server where it is; it keeps its connections, and takes more, and says nothing. */
const freeze = (server: ServerName): Fault => ({
  name: `freeze ${LABEL[server]}`,
  hits: HITS[server],
  lasts: 6000,
  begin: (environment) => environment.freeze(server, true),
  end: (environment) => environment.freeze(server, false),
});

const full = (server: 'postgres' | 'nats', what: string): Fault => ({
  name: `full disk of ${what}`,
  hits: 'all',
  lasts: 5000,
  skipped: ({ disks }) => (disks[server].there ? undefined : 'a small file system can be made by root alone'),
  begin: (environment: FaultEnvironment) => environment.disks[server].fill(),
  end: (environment: FaultEnvironment) => environment.disks[server].clear(),
});

export const serverFaults: readonly Fault[] = [
  // "Immediate shutdown": connections are dropped, the next start recovers from the log.
  restart('postgres', 'SIGQUIT', 'immediate restart', { short: true }),
  restart('postgres', 'SIGKILL', 'kill -9'),
  restart('nats', 'SIGTERM', 'restart'),
  restart('nats', 'SIGKILL', 'kill -9'),
  restart('redis', 'SIGTERM', 'restart'),
  restart('redis', 'SIGKILL', 'kill -9', { short: true }),
  ...(['postgres', 'nats', 'redis'] as const).flatMap((server) => [
    line(server, 'slow (+200 ms)', { latency: 200 }),
    line(server, 'narrow (20 kB/s)', { bandwidth: 20_000 }),
    line(server, 'silent', { silent: true }, { lasts: 7000 }),
    cut(server),
    reset(server),
    freeze(server),
  ]),
  full('postgres', 'the databases'),
  full('nats', 'the broker, where exports lie'),
];
