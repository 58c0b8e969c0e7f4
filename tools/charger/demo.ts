import { setTimeout as pause } from 'node:timers/promises';
import { environment } from '@open-cpo/platform';
import { Api, type PowerCenter } from '../demo/api';
import type { HttpResponse } from '../http/exchange';
import { fail, StackError } from '../stack/terminal';
import type { ChargerToolOptions } from './options';
import { endOfProgram, simulate } from './simulator';

/** The same at each start. */
const IDENTITY = 'DEMO-CHARGER';
/** Seconds of a session, and between two. */
const PACE = { seconds: 90, every: 180 };
/** Milliseconds between two tries, and how many: the charger's service learns of power centers by their events. */
const RETRY_MS = 2000;
const MAX_TRIES = 60;

interface Password {
  readonly password: string;
}

interface Row {
  readonly id: number;
  readonly identity: string;
  readonly charge_point_id: number;
}

const resultsOf = <T>(response: HttpResponse): T | undefined => response.json<{ results?: T }>()?.results;

/** A new password of the demo owner's simulated charger, which is created where there is none. */
async function passwordOf(api: Api, policy: 'workers' | 'anybody'): Promise<string | undefined> {
  const { data } = await api.results<{ data: Row[] }>('/api/chargers?itemsPerPage=100');
  const known = data.find(({ identity }) => identity === IDENTITY);
  if (known) {
    return resultsOf<Password>(await api.post(`/api/chargers/${known.id}/credential`, {}))?.password;
  }
  const taken = new Set(data.map(({ charge_point_id }) => charge_point_id));
  const place = (await api.powerCenters()).find((one) => isFit(one) && !taken.has(one.id));
  if (!place) throw new StackError('The demo owner has no power center with a connector for a charger.');
  const made = await api.post('/api/chargers', { charge_point_id: place.id, identity: IDENTITY, policy });
  return resultsOf<{ credential?: Password }>(made)?.credential?.password;
}

const isFit = ({ connectors }: PowerCenter): boolean => connectors.some(({ number }) => number === 1);

/** Who it connects as, with the card of a worker of the demo. */
async function demoCharger(stop: AbortSignal): Promise<ChargerToolOptions> {
  const { PUBLIC_URL = '', CHARGERS_URL = '' } = environment();
  const api = await Api.login(PUBLIC_URL);
  const today = new Date().toISOString().slice(0, 10);
  const card = (await api.cards()).find(({ expire_at }) => expire_at > today)?.rfid;
  for (let tries = 0; tries < MAX_TRIES && !stop.aborted; tries += 1) {
    const password = await passwordOf(api, card ? 'workers' : 'anybody');
    const about = { url: CHARGERS_URL, protocol: '1.6', identity: IDENTITY, card: card ?? '04A2B1C6' } as const;
    if (password) return { ...about, ...PACE, password, kilowatts: 11, once: false };
    await pause(RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  throw new StackError('The demo charger could not be created.');
}

/** Has sessions for the demo owner until it is stopped. */
async function main(): Promise<void> {
  const stop = endOfProgram();
  const options = await demoCharger(stop);
  if (!stop.aborted) await simulate(options, stop);
}

main().then(() => process.exit(0), fail);
