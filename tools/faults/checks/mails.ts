import { exchange } from '../../http/exchange';
import type { Journal } from '../journal/journal';

interface Mail {
  readonly to: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Every acknowledged invitation has one mail to be seen. A mail that was handed over twice, because the first answer of
 * the mail server was lost, has the same Message-ID and is shown once.
 */
export function mailsOnce(journal: Journal, mails: readonly Mail[]): string[] {
  const ids = new Map<string, Set<string>>();
  for (const { to, headers } of mails) {
    const id = Object.entries(headers).find(([name]) => name.toLowerCase() === 'message-id')?.[1] ?? '';
    for (const address of to) ids.set(address, (ids.get(address) ?? new Set()).add(id));
  }
  return journal
    .of('invitation')
    .filter(({ acknowledged }) => acknowledged)
    .flatMap(({ mark }) => {
      const count = ids.get(`${mark}@faults.test`)?.size ?? 0;
      return count === 1 ? [] : [`${count} mails to ${mark}@faults.test`];
    });
}

/** The newest mails that were caught. */
export async function caught(inboxUrl: string): Promise<Mail[]> {
  return (await exchange(`${inboxUrl}/api/messages`)).json<Mail[]>() ?? [];
}
