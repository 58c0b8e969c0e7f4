import { SimulatedCharger } from '@open-cpo/testing';
import { pause } from '../../stack/processes';
import { insideAddresses } from '../inside/addresses';
import { asOwner, type AttackedCharger, type ChargersTarget } from './chargers-under-attack';

/** Milliseconds for a command to arrive, with room for a loaded machine. */
const GUARD_MS = 60_000;
const PUBLIC = 'https://files.example.com/attack/1.bin';
const FILES = [
  ['diagnostics', 'GetDiagnostics'],
  ['firmware', 'UpdateFirmware'],
] as const;

/** Addresses by which an owner would lead a charger into its own network, or ours: none of them arrives at the charger. */
export async function attackWithFileAddresses(attacked: ChargersTarget, charger: AttackedCharger): Promise<void> {
  const { port, tally } = attacked;
  const { id, identity, password } = charger;
  const socket = await SimulatedCharger.connect({ url: `ws://127.0.0.1:${port}/ocpp`, identity, password });
  socket.answers.set('GetDiagnostics', () => ({ fileName: 'log.zip' })).set('UpdateFirmware', () => ({}));
  const wrong: string[] = [];
  const command = async (type: string, location: string): Promise<number> => {
    const { status } = await asOwner(attacked, 'POST', `/api/chargers/${id}/commands`, { type, location });
    tally.counted('addresses of files', status);
    return status;
  };
  try {
    for (const [type] of FILES) {
      for (const address of insideAddresses) {
        const status = await command(type, address);
        if (status !== 422) wrong.push(`${type} ${address.slice(0, 40)}: ${status}`);
      }
    }
    // Shows that one which was taken would have been seen; commands arrive in their order.
    for (const [type, action] of FILES) {
      const status = await command(type, PUBLIC);
      if (status >= 300 || !(await arrived(socket, action))) wrong.push(`${type} ${PUBLIC}: ${status}, not sent`);
    }
    const sent = socket.calls.filter(({ action }) => FILES.some(([, name]) => name === action));
    const others = sent.filter(({ payload }) => payload.location !== PUBLIC);
    wrong.push(...others.map(({ payload }) => `sent: ${String(payload.location).slice(0, 40)}`));
    const figures = `${FILES.length * insideAddresses.length} refused, ${sent.length} public ones sent`;
    tally.checked('addresses of files inside networks', wrong.length === 0, [figures, ...wrong].join('; '));
  } finally {
    socket.terminate();
  }
}

async function arrived(socket: SimulatedCharger, action: string): Promise<boolean> {
  const has = (): boolean => socket.calls.some((call) => call.action === action);
  for (const end = Date.now() + GUARD_MS; Date.now() < end && !has(); await pause(50));
  return has();
}
