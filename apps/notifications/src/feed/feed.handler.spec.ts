import type { OwnersEvent } from '@open-cpo/contracts';
import { asUser } from '@open-cpo/testing';
import { FeedHandler } from './feed.handler';
import type { FeedRepository } from './feed.repository';
import type { Tickets } from './tickets';

const event = (sequence: number) => ({ sequence }) as OwnersEvent;

describe('what follows an event of a feed', () => {
  it('is never missing where events are stored between two reads: a client would skip them', async () => {
    const stored = [event(1)];
    let reads = 0;
    const read = async <T>(of: () => T): Promise<T> => {
      const found = of();
      reads += 1;
      if (reads === 1) stored.push(event(2), event(3));
      return found;
    };
    const repository = {
      after: (_account: number, sequence: number) => read(() => stored.filter((one) => one.sequence > sequence)),
      place: () => read(() => ({ head: stored.length, oldest: 1 })),
    } as unknown as FeedRepository;
    const { events, head } = await new FeedHandler(repository, {} as Tickets).after({ after: 1 }, asUser());
    expect(events.length === 0 && head > 1).toBe(false);
    expect(reads).toBe(2);
  });
});
