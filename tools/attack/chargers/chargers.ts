import { attackAfterTheEnd, attackTakeover } from './closing';
import { type ChargersStand, newCharger } from './chargers-under-attack';
import { attackWithFileAddresses } from './files';
import { attackWithFlood } from './floods';
import { attackFrames, attackWithSlowFrames } from './frames';
import { proveSocketsDetected } from './negative-controls';
import { QuietCharger } from './quiet-charger';
import { attackWithTexts } from './texts';
import { attackUpgrades } from './upgrades';

/** The WebSocket server for chargers under attack, by strangers and by chargers, beside one that must not be affected. */
export async function attackChargers(stand: ChargersStand): Promise<void> {
  const genuine = await newCharger(stand);
  const quiet = await QuietCharger.connect(stand, genuine);
  const next = (): ReturnType<typeof newCharger> => newCharger(stand);
  try {
    await attackTakeover(stand, quiet, genuine);
    await attackUpgrades(stand, quiet, await next());
    await attackFrames(stand, quiet, next);
    await attackWithSlowFrames(stand, quiet, [await next(), await next(), await next()]);
    await attackWithTexts(stand, quiet, await next());
    await attackWithFlood(stand, quiet, await next());
    await attackWithFileAddresses(stand, await next());
    await attackAfterTheEnd(stand, next);
    await proveSocketsDetected(stand.tally);
  } finally {
    quiet.close();
  }
}
