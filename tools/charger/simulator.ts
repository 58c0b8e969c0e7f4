import { setTimeout as pause } from 'node:timers/promises';
import { CallRefused, ConnectionRefused } from '@open-cpo/testing';
import { say } from '../stack/terminal';
import type { Commanded, SimulatedReservation } from './commanded';
import { connectDevice, type Device } from './devices';
import type { ChargerToolOptions } from './options';
import { SimulatedMeter } from './simulated-meter';

/** Milliseconds before a connection that ended is opened again. */
const RECONNECT_MS = 10_000;
const STATUS_TEXTS: Readonly<Record<number, string>> = {
  401: 'The identity or the password is not right.',
  403: 'The server takes no connections without TLS: use wss://.',
};
/** Statuses that say that it is worth another try. */
const PASSING = [429, 503];

/** What happens in a session from outside, and whether one goes on. */
class Plug implements Commanded {
  /** The card with which a session is to begin. */
  wanted?: string;
  transaction?: string;
  /** For whose card the connector is kept free. */
  private reservation?: SimulatedReservation;
  private wake = new AbortController();
  private closed = false;

  constructor(private readonly device: Device) {
    void device.closed.then(() => {
      this.closed = true;
      this.wake.abort();
    });
  }

  /**
   * Waits, until something is wanted at the latest.
   * @throws Error when the connection has ended
   */
  async wait(ms: number, stop: AbortSignal): Promise<void> {
    this.wake = new AbortController();
    const signal = AbortSignal.any([stop, this.wake.signal]);
    await pause(this.closed ? 0 : ms, undefined, { signal }).catch(() => undefined);
    if (this.closed) throw new Error('it was closed');
  }

  /** Whether the connector is kept free for another card. */
  isKeptFrom(card: string): boolean {
    return this.reservation !== undefined && this.reservation.until > Date.now() && this.reservation.card !== card;
  }

  /** The reservation that a session uses up. */
  used(): number | undefined {
    const { reservation } = this;
    this.reservation = undefined;
    return reservation && reservation.until > Date.now() ? reservation.id : undefined;
  }

  reserve(reservation: SimulatedReservation): boolean {
    if (this.transaction !== undefined) return false;
    this.reservation = reservation;
    return true;
  }

  unreserve(id: number): boolean {
    if (this.reservation?.id !== id) return false;
    this.reservation = undefined;
    return true;
  }

  begin(card: string): boolean {
    if (this.transaction !== undefined || this.wanted !== undefined || this.isKeptFrom(card)) return false;
    this.wanted = card;
    this.wake.abort();
    return true;
  }

  end(transaction: string): boolean {
    if (this.transaction !== transaction) return false;
    this.transaction = undefined;
    this.wake.abort();
    return true;
  }

  restart(): void {
    this.device.close();
  }
}

/** One session: card, begin, readings, end. */
async function session(
  device: Device,
  { card, seconds }: { card: string; seconds: number },
  { plug, meter }: { plug: Plug; meter: SimulatedMeter },
  stop: AbortSignal,
) {
  if (plug.isKeptFrom(card)) return say(`  card ${card}: the connector is reserved for another one`);
  const allowed = await device.authorize(card);
  if (allowed !== 'Accepted') return say(`  card ${card}: ${allowed}`);
  await device.status(1, 'Preparing');
  const transaction = await device.begin(card, meter.wh, plug.used());
  plug.transaction = transaction.id;
  meter.begin();
  await device.status(1, 'Charging');
  say(`  transaction ${transaction.id} has begun at ${meter.wh} Wh`);
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end && !stop.aborted && plug.transaction === transaction.id) {
    await plug.wait(Math.min(5000, seconds * 250), stop);
    await transaction.meter(meter.advance());
  }
  const reason = plug.transaction === undefined ? 'Remote' : stop.aborted ? 'PowerLoss' : 'EVDisconnected';
  plug.transaction = undefined;
  await transaction.end(meter.advance(), reason);
  await device.status(1, 'Available');
  say(`  transaction ${transaction.id} has ended at ${meter.wh} Wh`);
}

/** Connected: boots, reports, heartbeats, and has sessions until the connection or the program ends. */
async function run(device: Device, options: ChargerToolOptions, meter: SimulatedMeter, stop: AbortSignal) {
  const plug = new Plug(device);
  device.obey(plug);
  const interval = await device.boot(options.identity);
  for (const connector of [0, 1]) await device.status(connector, 'Available');
  say(`Connected as ${options.identity} with OCPP ${options.protocol}. Ctrl-C ends it.`);
  const heartbeat = setInterval(() => void device.heartbeat().catch(() => undefined), interval * 1000);
  try {
    do {
      const card = plug.wanted ?? options.card;
      plug.wanted = undefined;
      await session(device, { card, seconds: options.seconds }, { plug, meter }, stop);
      if (options.once) return;
      if (plug.wanted === undefined) await plug.wait(options.every * 1000, stop);
    } while (!stop.aborted);
  } finally {
    clearInterval(heartbeat);
    device.close();
  }
}

/**
 * A simulated charger: connects, and has sessions until it is stopped. A connection that ends is opened again.
 * @throws Error when the server refuses it for good
 */
export async function simulate(options: ChargerToolOptions, stop: AbortSignal): Promise<void> {
  const meter = new SimulatedMeter(options.kilowatts);
  for (;;) {
    try {
      return await run(await connectDevice(options), options, meter, stop);
    } catch (error) {
      if (stop.aborted) return;
      if (error instanceof ConnectionRefused && !PASSING.includes(error.status)) {
        throw new Error(STATUS_TEXTS[error.status] ?? error.message);
      }
      if (error instanceof CallRefused) throw error;
      say(`The connection ended (${String(error)}); connecting again in ${RECONNECT_MS / 1000} s.`);
      await pause(RECONNECT_MS, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}

/** Aborts when the program is to end. */
export function endOfProgram(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}
