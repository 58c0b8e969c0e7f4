import { SimulatedCharger } from '@open-cpo/testing';
import { pause } from '../../stack/processes';
import type { AttackedCharger, ChargersTarget } from './chargers-under-attack';
import { besideText, type QuietCharger } from './quiet-charger';

const MESSAGES = 20_000;
const SECONDS = 10;
/** Messages of one connection that are handled at once, and a second. */
export const BURST = 200;
const PER_SECOND = 20;
const MEMORY = 50;

/** What is handled of a flood, within so many seconds after its end. */
export async function answeredInFlood(
  port: number,
  charger: Pick<AttackedCharger, 'identity' | 'password'>,
  rest: number,
) {
  const { identity, password } = charger;
  const socket = await SimulatedCharger.connect({ url: `ws://127.0.0.1:${port}/ocpp`, identity, password });
  let answered = 0;
  socket.socket.on('message', () => (answered += 1));
  const began = performance.now();
  const timestamp = new Date().toISOString();
  for (let n = 0; n < MESSAGES; n += 1) {
    const payload = { connectorId: 1, status: n % 2 ? 'Available' : 'Charging', errorCode: 'NoError', timestamp };
    socket.send(JSON.stringify([2, String(n), 'StatusNotification', payload]));
    if (n % 100 === 0) await pause(1);
  }
  await pause(rest * 1000);
  socket.terminate();
  return { answered, seconds: (performance.now() - began) / 1000 };
}

/** A charger that sends as much as it can, beside one that does not. */
export async function attackWithFlood(attacked: ChargersTarget, quiet: QuietCharger, charger: AttackedCharger) {
  const { port, tally } = attacked;
  let [answered, seconds] = [0, 0];
  const beside = await quiet.during(async () => {
    ({ answered, seconds } = await answeredInFlood(port, charger, SECONDS));
  });
  const most = BURST + PER_SECOND * (seconds + 1);
  const holds = answered > 0 && answered <= most && beside.failures === 0 && beside.grown < MEMORY && quiet.isOpen;
  const figures = `${MESSAGES} sent, ${answered} handled in ${seconds.toFixed(0)} s; ${besideText(beside)}`;
  tally.checked('a charger that sends without pause', holds, figures);
}
