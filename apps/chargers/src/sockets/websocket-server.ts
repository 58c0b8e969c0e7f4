import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { MAX_MESSAGE_BYTES, spokenOf } from '@open-cpo/ocpp';
import { Health, Log } from '@open-cpo/platform';
import { type PerMessageDeflateOptions, WebSocketServer } from 'ws';
import { ChargersConfig } from '../config';
import { CLOSE } from './close-codes';
import { Sockets } from './sockets';
import { type Accepted, REFUSALS, type UpgradeRefusal, Upgrades } from './upgrades';

/** Milliseconds within which the handshake of TLS is done, and the request for a socket arrives; how often it is looked for. */
const HEADERS_TIMEOUT_MS = 10_000;
const CHECK_MS = 2000;
const MAX_HEADER_BYTES = 8 * 1024;
/** Requests that are judged at once; chargers that come when it is full are asked to come again. */
const MAX_JUDGED = 256;
const RETRY_SECONDS = 30;
/** Bytes from which a message is compressed. Nothing is kept between messages, so that a charger costs no more memory. */
const COMPRESSION = { threshold: 1024, serverNoContextTakeover: true, clientNoContextTakeover: true };

/** The WebSocket server for chargers: everything before a socket is open. */
@Injectable()
export class ChargerServer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly server: Server;
  private readonly websockets: WebSocketServer;
  private readonly compressing: WebSocketServer;
  private judged = 0;
  private closing = false;

  constructor(
    private readonly upgrades: Upgrades,
    private readonly sockets: Sockets,
    private readonly config: ChargersConfig,
    private readonly health: Health,
    private readonly log: Log,
  ) {
    this.server = this.made();
    this.websockets = websockets(false);
    this.compressing = websockets(COMPRESSION);
    this.health.add('chargers', () => this.server.listening);
  }

  /** Where it listens; what was asked for is 0 in tests. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { chargersPort, host } = this.config;
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(chargersPort, host, resolve);
    });
    this.log.log('Listening for chargers', { port: this.port });
  }

  /** Takes no new chargers; those that are connected are closed by `Sockets`. */
  onModuleDestroy(): void {
    this.closing = true;
    this.server.close();
    this.websockets.close();
    this.compressing.close();
  }

  private made(): Server {
    const { chargersTlsCert: cert, chargersTlsKey: key, chargersClientCa: ca } = this.config;
    const limits = { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: CHECK_MS };
    const options = { ...limits, maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 1000 };
    // Chargers without a certificate, and with a wrong one, are refused by their identity.
    const asked = ca ? { ca, requestCert: true, rejectUnauthorized: false } : {};
    const secured = { ...options, cert, key, ...asked, handshakeTimeout: HEADERS_TIMEOUT_MS };
    const server = cert && key ? createTlsServer(secured) : createServer(options);
    // Some that are not chargers yet beside those that are.
    server.maxConnections = this.config.chargersMaxSockets + 2 * MAX_JUDGED;
    server.on('request', (request, response) => {
      const status = REFUSALS[this.upgrades.refuse(request)];
      response.writeHead(status, { connection: 'close', upgrade: 'websocket' }).end();
    });
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', destroy);
      void this.upgrade(request, socket, head);
    });
    server.on('clientError', (_error, socket) => socket.destroy());
    return server;
  }

  /** What was accepted is given back where no socket comes of it: the client may have gone meanwhile. */
  private async open(accepted: Accepted, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    let opened = false;
    // Of 1.6 no charger expects it, and some break at it.
    const compresses = accepted.protocol === 'ocpp2.0.1' && accepted.charger.compression;
    const websockets = compresses ? this.compressing : this.websockets;
    try {
      websockets.handleUpgrade(request, socket, head, (made) => {
        opened = true;
        this.sockets.add(made, accepted);
      });
    } finally {
      if (!opened) await this.upgrades.undo(accepted);
    }
  }

  /** The protocol wants the handshake to end, without a subprotocol, before the connection does. */
  private disagree(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.websockets.handleUpgrade(request, socket, head, (made) => {
      made.on('error', () => undefined);
      made.close(CLOSE.protocol, 'no subprotocol is spoken');
    });
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const full = this.judged >= MAX_JUDGED || this.sockets.size >= this.config.chargersMaxSockets;
    if (this.closing || full) return refuse(socket, 'unavailable');
    this.judged += 1;
    try {
      const outcome = await this.upgrades.decide(request);
      if (outcome === 'no_subprotocol' && offersAny(request)) return this.disagree(request, socket, head);
      if (typeof outcome === 'string') return refuse(socket, outcome);
      await this.open(outcome, request, socket, head);
    } catch (error) {
      this.log.warn('A socket could not be opened', { error });
      socket.destroy();
    } finally {
      this.judged -= 1;
    }
  }
}

const websockets = (perMessageDeflate: false | PerMessageDeflateOptions): WebSocketServer =>
  new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate,
    handleProtocols: (offered) => spokenOf(offered) ?? false,
    clientTracking: false,
  });

/** One for all: a function of its own for each connection would stay with it. */
function destroy(this: Duplex): void {
  this.destroy();
}

const offersAny = ({ headers }: IncomingMessage): boolean => Boolean(headers['sec-websocket-protocol']?.trim());

/** The same words for all of a kind: an unknown identity and a wrong password cannot be distinguished. */
function refuse(socket: Duplex, reason: UpgradeRefusal): void {
  const status = REFUSALS[reason];
  const retry = status === 429 || status === 503 ? `Retry-After: ${RETRY_SECONDS}\r\n` : '';
  const ask = status === 401 ? 'WWW-Authenticate: Basic realm="ocpp"\r\n' : '';
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}${ask}Connection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(head, () => socket.destroy());
}
