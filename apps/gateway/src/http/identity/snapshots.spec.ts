import { type Caller, Refusal, type UserSnapshot } from '@open-cpo/contracts';
import type { Broadcast, Broker, Bus } from '@open-cpo/messaging';
import { Snapshots } from './snapshots';

const caller: Caller = { requestId: 'r', deadline: 0, language: 'en' };
const snapshotOf = (userId: number, more: Partial<UserSnapshot> = {}): UserSnapshot => ({
  userId,
  accountId: 1,
  ownerId: 1,
  role: 'viewer',
  currency: 'USD',
  timeZone: 'UTC',
  active: true,
  ...more,
});

/** Auth, its events and the broker in between, as far as snapshots see them. */
class Auth {
  asked = 0;
  answer: (userId: number) => Promise<UserSnapshot> = (userId) => Promise.resolve(snapshotOf(userId));
  tell: (told: { snapshot: UserSnapshot }) => void = () => undefined;
  cutOff: () => void = () => undefined;
  readonly snapshots: Snapshots;

  constructor() {
    const bus = { call: (_operation: object, { userId }: { userId: number }) => this.ask(userId) };
    const broadcast = { subscribe: (_event: object, onEvent: Auth['tell']) => (this.tell = onEvent) };
    const broker = { whenDown: (down: () => void) => (this.cutOff = down) };
    this.snapshots = new Snapshots(
      bus as unknown as Bus,
      broadcast as unknown as Broadcast,
      broker as unknown as Broker,
    );
  }

  async of(userId = 1): Promise<UserSnapshot> {
    return this.snapshots.of(userId, caller);
  }

  private ask(userId: number): Promise<UserSnapshot> {
    this.asked += 1;
    return this.answer(userId);
  }
}

const away = (): Promise<never> => Promise.reject(new Refusal('service_unavailable'));
const MINUTE = 60_000;
let auth: Auth;
let now: number;
beforeEach(() => {
  auth = new Auth();
  now = 1_800_000_000_000;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

describe('who a user is', () => {
  it('is asked once by many requests at the same time, and not again for a minute', async () => {
    await Promise.all([auth.of(), auth.of(), auth.of()]);
    now += MINUTE - 1;
    await auth.of();
    expect(auth.asked).toBe(1);
    now += 1;
    await auth.of();
    expect(auth.asked).toBe(2);
  });

  it('is what auth told last, without asking', async () => {
    await auth.of();
    auth.tell({ snapshot: snapshotOf(1, { role: 'admin' }) });
    expect(await auth.of()).toMatchObject({ role: 'admin' });
    expect(auth.asked).toBe(1);
  });

  it('is what auth told, although an older answer arrives later', async () => {
    let arrive: (snapshot: UserSnapshot) => void = () => undefined;
    auth.answer = () => new Promise((resolve) => (arrive = resolve));
    const asked = auth.of();
    now += 5;
    auth.tell({ snapshot: snapshotOf(1, { active: false }) });
    arrive(snapshotOf(1));
    expect(await asked).toMatchObject({ active: false });
    expect(await auth.of()).toMatchObject({ active: false });
  });

  it('is known for five further minutes while auth is away, and then no more', async () => {
    await auth.of();
    auth.answer = away;
    now += 6 * MINUTE - 1;
    expect(await auth.of()).toMatchObject({ userId: 1 });
    now += 1;
    await expect(auth.of()).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('is nobody when auth says so, whatever was known', async () => {
    await auth.of();
    auth.answer = () => Promise.reject(new Refusal('unauthenticated'));
    now += MINUTE;
    await expect(auth.of()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('is asked again of every user after the broker was away: others may have been told', async () => {
    for (let userId = 1; userId <= 100; userId += 1) await auth.of(userId);
    now += 1000;
    auth.cutOff();
    now += 1000;
    for (let userId = 1; userId <= 100; userId += 1) await auth.of(userId);
    expect(auth.asked).toBe(200);
  });
});
