import type { Tally } from './report/tally';
import type { Client } from './sending/client';
import type { Means } from './sending/target';

/** What a gateway keeps of answers at most, counted twice for what it may compress them to; and some more. */
const ROOM = 72 * 1024 * 1024;
const AT_ONCE = 8;
/** Long, kept, and the same for everybody. */
const LIST = '/api/v3/countries';

/**
 * Has every gateway keep as many answers as it ever will. It forgets them for newer ones only: until then its memory grows
 * with every address that was never asked for before, which is most of what the attack asks for.
 */
export async function fillAnswers(clients: readonly Client[], means: Means, tally: Tally): Promise<void> {
  for (const client of clients) {
    let kept = 0;
    let turn = 0;
    const worker = async (): Promise<void> => {
      while (kept < ROOM) {
        turn += 1;
        const headers = {
          authorization: `Bearer ${means.people.token('owner')}`,
          'x-forwarded-for': means.address(),
        };
        const { status, text } = await client.sendPatiently({ method: 'GET', target: `${LIST}?turn=${turn}`, headers });
        tally.counted('filling', status);
        if (status !== 200) throw new Error(`${LIST} was answered by ${status}.`);
        kept += 2 * text.length;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
}
