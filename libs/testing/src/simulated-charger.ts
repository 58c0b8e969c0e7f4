import { randomUUID } from 'node:crypto';
import { type ClientOptions, WebSocket } from 'ws';

/** Where a charger connects, and as what. */
export interface ChargerOptions {
  /** Up to the identity: `ws://127.0.0.1:8887/ocpp`. */
  readonly url: string;
  readonly identity: string;
  readonly password: string | Uint8Array;
  /** By default the identity. */
  readonly username?: string;
  /** Subprotocols that it offers; none where empty. */
  readonly protocols?: readonly string[];
  readonly options?: ClientOptions;
}

type Json = Record<string, unknown>;

/** The server has refused the connection. */
export class ConnectionRefused extends Error {
  override readonly name = 'ConnectionRefused';

  constructor(
    readonly status: number,
    readonly headers: NodeJS.Dict<string | string[]>,
  ) {
    super(`The connection was refused with status ${status}.`);
  }
}

/** A call was answered by CALLERROR. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';

  constructor(
    readonly code: string,
    description: string,
  ) {
    super(`${code}: ${description}`);
  }
}

interface Waiting {
  readonly resolve: (payload: Json) => void;
  readonly reject: (error: Error) => void;
}

/** What a charger answers to a call of the server; nothing: no answer. */
export type CallHandler = (payload: Json) => Json | undefined;

/** A charger that speaks OCPP 1.6 over a real WebSocket; it sends what it is asked to send, right or wrong. */
export class SimulatedCharger {
  private readonly waiting = new Map<string, Waiting>();
  /** What it answers, by action; what is absent it does not support. */
  readonly answers = new Map<string, CallHandler>();
  /** The calls of the server, in their order. */
  readonly calls: { readonly action: string; readonly payload: Json; readonly id: string }[] = [];
  /** Resolves with the code of the close. */
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.received(data.toString()));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.waiting.forEach(({ reject }) => reject(new Error(`The connection was closed with ${code}.`)));
        this.waiting.clear();
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  /** @throws ConnectionRefused */
  static connect(charger: ChargerOptions): Promise<SimulatedCharger> {
    const { url, identity, password, username = identity, protocols = ['ocpp1.6'], options = {} } = charger;
    const auth = Buffer.concat([Buffer.from(`${username}:`), Buffer.from(password)]).toString('base64');
    const headers = { authorization: `Basic ${auth}`, ...options.headers };
    const socket = new WebSocket(`${url}/${encodeURIComponent(identity)}`, [...protocols], { ...options, headers });
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('unexpected-response', (_request, response) => {
        response.resume();
        reject(new ConnectionRefused(response.statusCode ?? 0, response.headers));
      });
      const made = new SimulatedCharger(socket);
      socket.on('open', () => resolve(made));
    });
  }

  /** The response to a call. @throws CallRefused, or Error when the connection ends before */
  call(action: string, payload: Json = {}, id: string = randomUUID()): Promise<Json> {
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.send(JSON.stringify([2, id, action, payload]));
    });
  }

  send(text: string): void {
    this.socket.send(text);
  }

  boot(more: Json = {}): Promise<Json> {
    return this.call('BootNotification', { chargePointVendor: 'Open CPO', chargePointModel: 'Simulator', ...more });
  }

  status(connectorId: number, status: string, timestamp = new Date().toISOString()): Promise<Json> {
    return this.call('StatusNotification', { connectorId, status, errorCode: 'NoError', timestamp });
  }

  /** The id of the transaction, and what the card may do. */
  async start(begin: Json): Promise<{ id: number; status: string }> {
    const timestamp = new Date().toISOString();
    const answer = await this.call('StartTransaction', { connectorId: 1, meterStart: 0, timestamp, ...begin });
    const { status } = answer.idTagInfo as { status: string };
    return { id: answer.transactionId as number, status };
  }

  /** A reading of the energy register in Wh. */
  meter(transactionId: number, wh: number, timestamp = new Date().toISOString(), connectorId = 1): Promise<Json> {
    const meterValue = [{ timestamp, sampledValue: [{ value: String(wh), unit: 'Wh' }] }];
    return this.call('MeterValues', { connectorId, transactionId, meterValue });
  }

  stop(transactionId: number, meterStop: number, more: Json = {}): Promise<Json> {
    const timestamp = new Date().toISOString();
    return this.call('StopTransaction', { transactionId, meterStop, timestamp, reason: 'Local', ...more });
  }

  close(): void {
    this.socket.close();
  }

  /** As a loss of power does. */
  terminate(): void {
    this.socket.terminate();
  }

  private called(id: string, action: string, payload: Json): void {
    this.calls.push({ id, action, payload });
    const answer = this.answers.get(action);
    if (!answer) return this.send(JSON.stringify([4, id, 'NotSupported', '', {}]));
    const response = answer(payload);
    if (response) this.send(JSON.stringify([3, id, response]));
  }

  private received(text: string): void {
    const [type, id, ...rest] = JSON.parse(text) as [number, string, ...unknown[]];
    if (type === 2) return this.called(id, String(rest[0]), rest[1] as Json);
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (type === 3) waiting?.resolve(rest[0] as Json);
    else waiting?.reject(new CallRefused(String(rest[0]), String(rest[1])));
  }
}
