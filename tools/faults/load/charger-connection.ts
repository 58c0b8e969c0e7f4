import { setTimeout as pause } from 'node:timers/promises';
import { CallRefused, ConnectionRefused, SimulatedCharger } from '@open-cpo/testing';

export type Json = Record<string, unknown>;

/** With what a charger connects; it tries one address after the other. */
export interface ConnectionOptions {
  readonly identity: string;
  readonly password: string;
  readonly urls: readonly string[];
  /** By default OCPP 1.6. */
  readonly protocol?: 'ocpp1.6' | 'ocpp2.0.1';
}

/** Milliseconds that a charger waits for an answer, and before it tries again, also after it was refused. */
const ANSWER_MS = 4000;
const RETRY_MS = 250;
const REFUSED_RETRY_MS = 1000;

/** A connection that another one has replaced. */
export interface LeftConnection {
  /** Sends what must not be answered. */
  send(action: string, payload: Json): void;
  /** Reads what has come over it, to its end. */
  close(): Promise<void>;
}

/** The connection of a charger as firmware has it: what is not answered is sent again, under a new id. */
export class ChargerConnection {
  private socket?: SimulatedCharger;
  private url = 0;
  private password: string;
  /** Which of the addresses it has connected to last. */
  replica = 0;
  /** What is sent and not answered. */
  unanswered?: string;
  /** Times that its password was refused since it has connected. */
  refusals = 0;
  /** Milliseconds from the first try of a message to its answer, at most. */
  slowest = 0;
  /** What a server must never do. */
  readonly problems: string[] = [];

  constructor(private readonly options: ConnectionOptions) {
    this.password = options.password;
  }

  get isOpen(): boolean {
    return this.socket !== undefined;
  }

  /** From the next connection on. */
  enterPassword(password: string): void {
    this.password = password;
  }

  /** As a loss of power does. */
  cut(): void {
    this.socket?.terminate();
    this.socket = undefined;
  }

  /** Sends a message until it is answered. Nothing when everything is over before. */
  async deliver(action: string, payload: Json, over: () => boolean): Promise<Json | undefined> {
    this.unanswered = action;
    const began = Date.now();
    for (; !over(); await pause(this.refusals > 0 ? REFUSED_RETRY_MS : RETRY_MS)) {
      try {
        const socket = await this.connected();
        const answer = await within(ANSWER_MS, socket.call(action, payload));
        this.unanswered = undefined;
        this.slowest = Math.max(this.slowest, Date.now() - began);
        return answer;
      } catch (error) {
        this.failed(action, error);
      }
    }
    return undefined;
  }

  /** Sends a frame over the open connection, if there is one, whatever becomes of it. */
  send(frame: string | Buffer): void {
    this.socket?.socket.send(frame, { binary: false });
  }

  /** Sends a frame that must end the connection. */
  async break(frame: Buffer): Promise<void> {
    const { socket } = this;
    if (!socket) return;
    this.send(frame);
    await within(ANSWER_MS, socket.closed).catch(() =>
      this.problem(`${this.options.identity} stays connected after a broken frame`),
    );
  }

  /** Leaves the connection as it is, unread: the next message goes over another one. */
  leave(): LeftConnection {
    const { socket } = this;
    this.socket = undefined;
    socket?.socket.pause();
    const taken = (action: string): void =>
      this.problem(`${action} of ${this.options.identity} was answered over a connection that was replaced`);
    return {
      send: (action, payload) =>
        void socket
          ?.call(action, payload)
          .then(() => taken(action))
          .catch(() => undefined),
      close: async () => {
        socket?.socket.resume();
        if (socket) await within(ANSWER_MS, socket.closed).catch(() => socket.terminate());
      },
    };
  }

  private failed(action: string, error: unknown): void {
    if (error instanceof CallRefused)
      this.problem(`${action} of ${this.options.identity} was answered by ${error.message}`);
    else if (error instanceof ConnectionRefused && error.status === 401) this.refusals += 1;
    // A connection over which nothing comes is given up; its other end may not know.
    else if (error instanceof NoAnswer) this.cut();
  }

  problem(what: string): void {
    this.problems.push(what);
  }

  private async connected(): Promise<SimulatedCharger> {
    if (this.socket) return this.socket;
    const { identity, urls, protocol = 'ocpp1.6' } = this.options;
    const { password } = this;
    const url = urls[this.url % urls.length] ?? '';
    this.url += 1;
    const options = { handshakeTimeout: ANSWER_MS };
    const made = await SimulatedCharger.connect({ url, identity, password, protocols: [protocol], options });
    this.socket = made;
    this.replica = urls.indexOf(url);
    this.refusals = 0;
    void made.closed.then(() => {
      if (this.socket === made) this.socket = undefined;
    });
    const chargingStation = { vendorName: 'Open CPO', model: 'Simulator' };
    const boot = protocol === 'ocpp1.6' ? {} : { reason: 'PowerUp', chargingStation };
    await within(ANSWER_MS, made.boot(boot));
    return made;
  }
}

class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const late = pause(ms, undefined, { signal: ended.signal, ref: false }).then(() => {
    throw new NoAnswer(`nothing within ${ms} ms`);
  });
  late.catch(() => undefined);
  answer.catch(() => undefined);
  return Promise.race([answer, late]).finally(() => ended.abort());
}
