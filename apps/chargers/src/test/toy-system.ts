import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SendCommand } from '@open-cpo/contracts';
import { type ChargerOptions, SimulatedCharger } from '@open-cpo/testing';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Dialogue, PlayedCharger } from './quirk-player';
import { ToyCommands } from './toy-commands';
import { type Answer, ToySessions } from './toy-sessions';

/** The quirk whose safeguard a toy does without; none: it has all. */
export type Safeguards = (quirk: number) => boolean;

const PASSWORD = 'toy';
const MAX_BYTES = 256 * 1024;
/** Minutes without a message after which a connection is dropped where pings do not count. */
const IDLE_MINUTES = 5;
const UPGRADES = 20;

/**
 * A central system of a few lines, for one charger, in memory: what shows that a dialogue depends on a safeguard. It reads OCPP as it
 * is printed, and has each safeguard by a line of its own, which can be left out.
 */
export class ToySystem implements PlayedCharger {
  readonly identity: string;
  readonly password = PASSWORD;
  private readonly server = createServer((request, response) => {
    const isMeant = this.has(2) && request.headers.upgrade !== undefined;
    if (isMeant) this.refusals.push('bad_handshake');
    response.writeHead(isMeant ? 400 : 426, { connection: 'close' }).end();
  });
  private readonly websockets: WebSocketServer;
  private readonly sessions: ToySessions;
  private readonly commands: ToyCommands;
  private readonly refusals: string[] = [];
  private readonly open = new Set<WebSocket>();
  private newest?: WebSocket;
  private upgrades = 0;
  private idle = 0;

  private constructor(
    private readonly dialogue: Dialogue,
    private readonly has: Safeguards,
  ) {
    this.identity = dialogue.identity ?? 'EV_CHARGER_1';
    this.sessions = new ToySessions(dialogue, has);
    this.commands = new ToyCommands(has, (text) => this.newest?.send(text));
    const maxPayload = has(16) ? MAX_BYTES : undefined;
    this.websockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: !has(3) });
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  static async start(dialogue: Dialogue, has: Safeguards): Promise<ToySystem> {
    const made = new ToySystem(dialogue, has);
    made.server.listen(0, '127.0.0.1');
    await once(made.server, 'listening');
    return made;
  }

  async stop(): Promise<void> {
    this.open.forEach((socket) => socket.terminate());
    this.server.closeAllConnections();
    this.websockets.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/ocpp`;
  }

  get address(): string {
    const path = this.has(5) ? '/ocpp' : '/services/central-system/ocpp/16/chargers';
    return `wss://chargers.example.com${path}/${this.identity}`;
  }

  connect(more: Partial<ChargerOptions>): Promise<SimulatedCharger> {
    return SimulatedCharger.connect({ url: this.url, identity: this.identity, password: PASSWORD, ...more });
  }

  async command(input: Omit<SendCommand, 'id'>): Promise<void> {
    this.commands.start(input.connector ?? 1);
  }

  async pass(minutes: number): Promise<void> {
    await this.commands.answered();
    for (let n = 0; n < minutes; n += 1) await this.minute();
    this.commands.pass(minutes, this.newest !== undefined);
  }

  async settled(connection: SimulatedCharger): Promise<void> {
    await this.silence(connection);
    await this.commands.answered();
  }

  /** It answers at once: what has not come before the answer to a ping does not come. */
  async silence({ socket, closed }: SimulatedCharger): Promise<void> {
    if (socket.readyState !== socket.OPEN) return void (await closed);
    const answered = new Promise((resolve) => socket.once('pong', resolve));
    socket.ping();
    await Promise.race([answered, closed]);
  }

  async eventually(check: () => Promise<void>): Promise<void> {
    await check();
  }

  async published() {
    return this.sessions.published;
  }

  async shown() {
    return { state: this.newest ? 'connected' : 'disconnected', ...this.sessions.shown };
  }

  async commanded() {
    return this.commands.last;
  }

  async settings() {
    return this.commands.settings;
  }

  async refused() {
    return this.refusals;
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refused = this.refusal(request);
    if (refused !== undefined) return void socket.end(`HTTP/1.1 ${refused} Refused\r\nContent-Length: 0\r\n\r\n`);
    this.websockets.handleUpgrade(request, socket, head, (made) => this.connected(made));
  }

  private refusal({ headers }: IncomingMessage): number | undefined {
    const [username, password] = Buffer.from(String(headers.authorization).slice(6), 'base64').toString().split(':');
    if (password !== PASSWORD || (this.has(8) && username !== this.identity)) return 401;
    this.upgrades += 1;
    if (this.has(15) && this.upgrades > UPGRADES) {
      this.refusals.push('too_many');
      return 429;
    }
    return this.has(1) && !headers['sec-websocket-protocol'] ? 400 : undefined;
  }

  private connected(socket: WebSocket): void {
    if (this.has(9)) this.newest?.close(1008);
    this.newest = socket;
    this.open.add(socket);
    this.idle = 0;
    this.sessions.connected();
    this.commands.connected();
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => this.received(socket, data.toString()));
    socket.on('close', () => {
      this.open.delete(socket);
      this.commands.closed();
      if (this.newest === socket || !this.has(9)) this.newest = undefined;
    });
  }

  private received(socket: WebSocket, text: string): void {
    this.idle = 0;
    const [type, id, action, payload] = JSON.parse(text) as [number, string, string, Answer];
    if (type !== 2) {
      if (!this.commands.answer(id, action as unknown as Answer) && !this.has(22)) socket.close(1002);
      return;
    }
    if (action === 'StatusNotification') this.commands.status(payload);
    const answer = this.sessions.answer(action, payload);
    socket.send(JSON.stringify(answer ? [3, id, answer] : [4, id, 'SecurityError', '', {}]));
  }

  /** A minute, with the answer to the ping where there is one. */
  private async minute(): Promise<void> {
    const { newest: socket } = this;
    if (!socket) return;
    this.idle += 1;
    if (!this.has(10) && this.idle > IDLE_MINUTES) return socket.terminate();
    if (this.has(10) && this.dialogue.change?.server_pings === false) return;
    const answered = once(socket, 'pong');
    socket.ping();
    await answered;
  }
}
