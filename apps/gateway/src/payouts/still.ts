import { type Caller, ownerOf, Refusal } from '@open-cpo/contracts';
import type { RequestContext } from '../http/route';

/**
 * The caller of a request whose body has taken long, with the rights of this moment.
 * @throws Refusal like that of a new request, `forbidden` where the caller is of another account by now
 */
export async function stillOf(caller: Caller, context: RequestContext): Promise<Caller> {
  const now = await context.readmit();
  if (ownerOf(now).accountId !== ownerOf(caller).accountId) throw new Refusal('forbidden');
  return now;
}
