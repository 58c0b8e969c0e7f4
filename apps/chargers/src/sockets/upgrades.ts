import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { addressOf, basicCredentials, isDecodable, type Subprotocol, subprotocolOf } from '@open-cpo/ocpp';
import { Log, Metrics, rateLimitNetwork, TrustedProxies } from '@open-cpo/platform';
import { LRUCache } from 'lru-cache';
import { isPassword } from '../chargers/secret';
import { ChargersConfig } from '../config';
import { RefusedRepository } from '../refused/refused.repository';
import { ConnectionsRepository, type KnownCharger } from './connections.repository';
import { ClientCertificates } from './client-certificates';
import { isHandshake } from './handshake';
import { WindowCounter } from './window-counter';

const MINUTE_MS = 60_000;
/** Connections of one identity in a minute. */
const UPGRADES_PER_IDENTITY = 20;
/** Refused connections in a minute of one address for one identity, and of one address for all. */
const FAILURES_PER_IDENTITY = 5;
const FAILURES_PER_ADDRESS = 60;
/** Milliseconds after which wrong credentials are refused: the queries for a known identity take longer than for an unknown one. */
const REFUSED_AFTER_MS = 10;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Chargers that are remembered as right; beyond it the one that connected longest ago is forgotten. */
const MAX_PROVED = 50_000;
const PATH = 'ocpp';

export const REFUSALS = {
  not_found: 404,
  plain_connection: 403,
  unauthorized: 401,
  bad_certificate: 401,
  bad_handshake: 400,
  no_subprotocol: 400,
  no_websocket: 426,
  too_many: 429,
  unavailable: 503,
} as const;
export type UpgradeRefusal = keyof typeof REFUSALS;

export interface Accepted {
  readonly charger: KnownCharger;
  readonly generation: number;
  readonly protocol: Subprotocol;
}

/** Decides on a request for a socket: who it is, and whether it may have one. */
@Injectable()
export class Upgrades {
  private readonly proxies: TrustedProxies;
  private readonly certificates: ClientCertificates;
  private readonly ofIdentity = new WindowCounter(UPGRADES_PER_IDENTITY, MINUTE_MS);
  private readonly failedForIdentity = new WindowCounter(FAILURES_PER_IDENTITY, MINUTE_MS);
  private readonly failedOfAddress = new WindowCounter(FAILURES_PER_ADDRESS, MINUTE_MS);
  /** Pairs of address and identity that were right within a day. */
  private readonly proved = new LRUCache<string, true>({ max: MAX_PROVED, ttl: DAY_MS });
  private readonly refused;

  constructor(
    private readonly connections: ConnectionsRepository,
    private readonly seen: RefusedRepository,
    private readonly config: ChargersConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.proxies = new TrustedProxies(config.trustedProxies);
    this.certificates = new ClientCertificates(config, this.proxies);
    this.refused = metrics.counter('open_cpo_charger_upgrades_refused_total', 'Connections refused.', ['reason']);
    for (const reason of Object.keys(REFUSALS)) this.refused.inc({ reason }, 0);
  }

  async decide(request: IncomingMessage): Promise<Accepted | UpgradeRefusal> {
    const { address, secure } = this.proxies.originOf(request);
    const outcome = await this.judge(request, rateLimitNetwork(address), secure).catch((error: unknown) => {
      this.log.warn('A connection could not be judged', { error });
      return 'unavailable' as const;
    });
    if (typeof outcome === 'string') this.noteRefusal(outcome, request, address);
    return outcome;
  }

  /** Why a request that asks for no upgrade gets none. A handshake without `Connection: Upgrade` is shown as others are. */
  refuse(request: IncomingMessage): UpgradeRefusal {
    if (request.headers.upgrade === undefined) return 'no_websocket';
    this.noteRefusal('bad_handshake', request, this.proxies.originOf(request).address);
    return 'bad_handshake';
  }

  private async judge(request: IncomingMessage, network: string, secure: boolean): Promise<Accepted | UpgradeRefusal> {
    const target = targetOf(request);
    if (target?.path !== PATH) return isPath(request) ? 'not_found' : 'bad_handshake';
    if (!secure && !this.config.chargersPlain) return 'plain_connection';
    if (!isHandshake(request)) return 'bad_handshake';
    const { identity } = target;
    const pair = `${network} ${identity}`;
    if (this.isLimited(network, pair)) return 'too_many';
    // From here on, not from the result on: timers count whole milliseconds, and would add the difference to them.
    const due = pause(REFUSED_AFTER_MS);
    const charger = await this.authenticated(identity, request);
    if (typeof charger === 'string') {
      this.failedOfAddress.take(network);
      this.failedForIdentity.take(pair);
      await due;
      return charger;
    }
    this.proved.set(pair, true);
    // Of those who have proved who they are: a stranger cannot use up the connections of a charger.
    if (!this.ofIdentity.take(identity)) return 'too_many';
    const protocol = protocolOf(request, charger);
    if (!protocol) return 'no_subprotocol';
    const generation = await this.connections.connect(charger, protocol);
    return generation === undefined ? 'unauthorized' : { charger, generation, protocol };
  }

  /** Gives back what was accepted where no socket came of it. */
  async undo({ charger, generation }: Accepted): Promise<void> {
    await this.connections.disconnect([{ id: charger.id, generation }]);
  }

  /** Chargers share addresses: the failures of others do not keep out one that was right there lately. */
  private isLimited(network: string, pair: string): boolean {
    return this.failedForIdentity.isFull(pair) || (this.failedOfAddress.isFull(network) && !this.proved.has(pair));
  }

  /** An identity that there is not costs the same as a wrong password: one query and one comparison. */
  private async authenticated(
    identity: string,
    request: IncomingMessage,
  ): Promise<KnownCharger | 'unauthorized' | 'bad_certificate'> {
    const credentials = basicCredentials(request.headers.authorization);
    const name = this.certificates.nameOf(request);
    const charger = await this.connections.find(identity);
    const right = isPassword(credentials?.passwords ?? [Buffer.alloc(0)], charger?.secret_hash);
    // One that has a certificate does not come with a password: who knows that has not the key.
    if (charger?.certificate) return charger.secret_hash && name === identity ? charger : 'bad_certificate';
    return charger && right && credentials?.username === identity ? charger : 'unauthorized';
  }

  private noteRefusal(reason: UpgradeRefusal, request: IncomingMessage, address: string): void {
    this.refused.inc({ reason });
    const identity = addressOf(request.url ?? '')?.identity;
    this.log.log('A connection was refused', { reason, address, identity });
    if (identity !== undefined && reason !== 'unavailable') void this.seen.connection(identity, reason, address);
  }
}

const targetOf = ({ url = '' }: IncomingMessage) => addressOf(url);
const isPath = ({ url = '' }: IncomingMessage): boolean => isDecodable(url);

function protocolOf({ headers }: IncomingMessage, { assume_ocpp16 }: KnownCharger): Subprotocol | undefined {
  const header = headers['sec-websocket-protocol'];
  return subprotocolOf(header) ?? (assume_ocpp16 && !header?.trim() ? 'ocpp1.6' : undefined);
}
