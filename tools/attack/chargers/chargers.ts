import { attackAfterTheEnd, attackTakeover } from './closing';
import { type ChargersTarget, newCharger } from './chargers-under-attack';
import { attackWithFileAddresses } from './files';
import { attackWithFlood } from './floods';
import { attackFrames, attackWithSlowFrames } from './frames';
import { proveSocketsDetected } from './negative-controls';
import { QuietCharger } from './quiet-charger';
import { attackWithTexts } from './texts';
import { attackUpgrades } from './upgrades';

/** The WebSocket server for chargers under attack, by strangers and by chargers, beside one that must not be affected. */
export async function attackChargers(attacked: ChargersTarget): Promise<void> {
  const genuine = await newCharger(attacked);
  const quiet = await QuietCharger.connect(attacked, genuine);
  const next = (): ReturnType<typeof newCharger> => newCharger(attacked);
  try {
    await attackTakeover(attacked, quiet, genuine);
    await attackUpgrades(attacked, quiet, await next());
    await attackFrames(attacked, quiet, next);
    await attackWithSlowFrames(attacked, quiet, [await next(), await next(), await next()]);
    await attackWithTexts(attacked, quiet, await next());
    await attackWithFlood(attacked, quiet, await next());
    await attackWithFileAddresses(attacked, await next());
    await attackAfterTheEnd(attacked, next);
    await proveSocketsDetected(attacked.tally);
  } finally {
    quiet.close();
  }
}
