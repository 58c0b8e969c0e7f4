import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Frame, parseFrame, v201 } from '@open-cpo/ocpp';
import type { RawData, WebSocket } from 'ws';
import type { ChargerContext } from './charger-context';
import { TokenBucket } from './token-bucket';

/** Messages of a charger a second, and at once after it was offline. */
const MESSAGES_PER_SECOND = 20;
const MESSAGE_BURST = 200;
/** Characters that count as a message: what a long one costs grows with its length. */
const MESSAGE_LENGTH = 16 * 1024;
/** Messages that wait before no more are read from the socket. */
const MAX_WAITING = 16;
/** Bytes that a charger may leave unread before it counts as gone. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** Transactions of OCPP 2.0.1 that a socket remembers as begun. */
const MAX_REMEMBERED = 64;

/** Looks without a sign of life after which a connection is dead: with pings, and of one that gets none. */
const SILENT_LOOKS = 3;
const SILENT_LOOKS_WITHOUT_PINGS = 15;

/** Milliseconds for the closing handshake. */
const CLOSING_MS = 2000;

export interface SocketParts {
  readonly context: ChargerContext;
  readonly socket: WebSocket;
  readonly owner: SocketOwner;
}

/** What all sockets of a process have in common. */
export interface SocketOwner {
  /** Answers a message with the text to send; nothing where it is not answered. */
  readonly handle: (socket: ChargerSocket, frame: Frame, text: string) => Promise<string | void>;
  readonly closed: (socket: ChargerSocket) => void;
  /** What limits the transactions that a charger begins, over its connections. */
  readonly startsOf: (charger: number) => TokenBucket;
  /** A message could not be worked on; the connection is ended. */
  readonly failed: (socket: ChargerSocket, error: unknown) => void;
}

/** One connection of a charger: its messages one after the other, in the order in which they came. */
export class ChargerSocket {
  private waiting: string[] = [];
  private working?: Promise<void>;
  private readonly bucket = new TokenBucket(MESSAGES_PER_SECOND, MESSAGE_BURST);
  /** Most chargers never need it. */
  private seen?: Set<string>;
  private silentLooks = 0;
  private ended = false;
  /** Epoch milliseconds of the last sign of life. */
  lastSeen = Date.now();
  /** Epoch milliseconds of the last time that it was written. */
  lastWritten = Date.now();

  constructor(private readonly parts: SocketParts) {
    const { socket } = parts;
    const alive = (): void => this.alive();
    socket.on('message', (data) => this.received(data));
    socket.on('pong', alive);
    socket.on('ping', alive);
    socket.on('error', ignore);
    socket.on('close', () => {
      this.ended = true;
      this.waiting = [];
      parts.owner.closed(this);
    });
  }

  get context(): ChargerContext {
    return this.parts.context;
  }

  /** Sends a message; a charger that reads nothing is disconnected. */
  send(text: string): void {
    const { socket } = this.parts;
    if (this.ended) return;
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
    else socket.send(text);
  }

  /** Asks for a sign of life, once a minute; after three without one the connection is dead. */
  ping(): void {
    if (this.ended) return;
    const { context, socket } = this.parts;
    this.silentLooks += 1;
    if (this.silentLooks > (context.pings ? SILENT_LOOKS : SILENT_LOOKS_WITHOUT_PINGS)) socket.terminate();
    else if (context.pings) socket.ping();
  }

  /** Takes nothing new, finishes the message in hand and closes. Done when the connection has ended. */
  async close(code: number, reason: string): Promise<void> {
    const { socket } = this.parts;
    this.ended = true;
    this.waiting = [];
    await this.working;
    if (socket.readyState === socket.CLOSED) return;
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.close(code, reason);
    // One that does not answer the closing handshake would stay for ever.
    const limit = setTimeout(() => socket.terminate(), CLOSING_MS).unref();
    await ended;
    clearTimeout(limit);
  }

  private alive(): void {
    this.silentLooks = 0;
    this.lastSeen = Date.now();
  }

  private received(data: RawData): void {
    this.alive();
    if (this.ended) return;
    this.waiting.push(textOf(data));
    if (this.waiting.length >= MAX_WAITING) this.parts.socket.pause();
    this.working ??= this.work()
      .catch((error: unknown) => this.fail(error))
      .finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    for (let text = this.waiting.shift(); text !== undefined; text = this.waiting.shift()) {
      const frame = parseFrame(text);
      const delay = this.delayOf(frame, text.length);
      if (delay > 0) await pause(delay);
      const answer = await this.parts.owner.handle(this, frame, text);
      if (typeof answer === 'string') this.answer(answer);
      if (this.waiting.length < MAX_WAITING / 2 && this.parts.socket.isPaused) this.parts.socket.resume();
    }
    // An array keeps the room for what has been in it.
    this.waiting = [];
  }

  /** Milliseconds: each begin of a transaction is a row for good. */
  private delayOf(frame: Frame, length: number): number {
    const messages = frame.kind === 'call' ? v201.messagesIn(frame.action, frame.payload) : 1;
    const weight = Math.max(messages, Math.ceil(length / MESSAGE_LENGTH));
    const delay = this.bucket.take(undefined, weight);
    if (!this.isStart(frame)) return delay;
    return Math.max(delay, this.parts.owner.startsOf(this.context.id).take());
  }

  /** Of 2.0.1 that is any event of a transaction that was not seen lately: its first one may be any. */
  private isStart(frame: Frame): boolean {
    if (frame.kind !== 'call') return false;
    const transaction = v201.transactionOf(frame.action, frame.payload);
    if (transaction === undefined) return frame.action === 'StartTransaction';
    // Not the text itself, which would keep its message in memory.
    const known = createHash('sha256').update(transaction).digest('base64');
    const seen = (this.seen ??= new Set());
    if (seen.has(known)) return false;
    const [oldest] = seen;
    if (seen.size >= MAX_REMEMBERED && oldest !== undefined) seen.delete(oldest);
    seen.add(known);
    return true;
  }

  /** Nothing that a charger sends ends the process: its connection ends, and what was not answered is sent again. */
  private fail(error: unknown): void {
    const { owner, socket } = this.parts;
    this.ended = true;
    this.waiting = [];
    owner.failed(this, error);
    socket.terminate();
  }

  /** Also while it is closing: what was stored is answered. */
  private answer(text: string): void {
    const { socket } = this.parts;
    if (socket.readyState === socket.OPEN && socket.bufferedAmount <= MAX_UNSENT_BYTES) socket.send(text);
  }
}

/** Without a listener an oversized or broken frame would end the process; the socket is closed by itself. */
const ignore = (): void => undefined;

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return Buffer.isBuffer(data) ? data.toString() : Buffer.from(data).toString();
}
