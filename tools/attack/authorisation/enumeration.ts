import type { Tally } from '../report/tally';
import type { Client, Sent } from '../sending/client';
import type { People } from '../environment/people';
import { mannWhitney, median } from './mann-whitney';

/** Below it, two samples count as different; said only of what is different twice. */
const CHANCE = 0.01;
/** Part by which medians may differ anyway. */
const NEAR = 0.05;

/** The requests of a question, one after the other. */
type Ask = (email: string) => readonly Omit<Sent, 'headers'>[];

const post = (path: string, body: object): Omit<Sent, 'headers'> => ({
  method: 'POST',
  target: `/api/v3/auth/${path}`,
  body: Buffer.from(JSON.stringify(body)),
});
const GUESS = 'a long enough password';
const register = (email: string) =>
  post('register', { email, password: GUESS, first_name: 'A', last_name: 'B', country_id: 1 });
const login = (email: string, password: string) => post('login', { email, password });
const reset = (email: string) => post('password/reset', { email });
const QUESTIONS: Record<string, Ask> = {
  login: (email) => [login(email, 'not the password')],
  reset: (email) => [reset(email)],
  registration: (email) => [register(email)],
  'registration and login': (email) => [register(email), login(email, GUESS)],
  'reset and login': (email) => [reset(email), login(email, GUESS)],
};

export interface Samples {
  readonly known: readonly number[];
  readonly unknown: readonly number[];
  /** Different answers that there were, to either. */
  readonly answers: ReadonlySet<string>;
}

/** Whether an address is known must show neither in status and text nor in time: samples are taken in turn. */
export class Enumeration {
  private serial = 0;

  constructor(
    private readonly client: Client,
    private readonly people: People,
    private readonly address: () => string,
    private readonly tally: Tally,
  ) {}

  async run(samples: number): Promise<void> {
    for (const [what, ask] of Object.entries(QUESTIONS)) {
      let taken = await this.take(ask, samples);
      let chance = mannWhitney(taken.known, taken.unknown);
      const first = { chance, taken };
      if (this.differ(chance, taken)) {
        taken = await this.take(ask, samples);
        chance = mannWhitney(taken.known, taken.unknown);
      }
      const differs = this.differ(first.chance, first.taken) && this.differ(chance, taken);
      const same = taken.answers.size === 1;
      const times = `medians ${median(taken.known).toFixed(2)} and ${median(taken.unknown).toFixed(2)} ms, p = ${chance.toFixed(3)}`;
      const result = same ? `one answer; ${times}` : `answers differ: ${[...taken.answers].join(' / ')}`;
      this.tally.checked(`a known address does not show in a ${what}`, same && !differs, result);
    }
  }

  private differ(chance: number, { known, unknown }: Samples): boolean {
    const [one, other] = [median(known), median(unknown)];
    return chance < CHANCE && Math.abs(one - other) > NEAR * Math.max(one, other);
  }

  private async take(ask: Ask, samples: number): Promise<Samples> {
    const [known, unknown, answers] = [[] as number[], [] as number[], new Set<string>()];
    const addresses = await this.people.addresses(samples);
    for (const email of addresses) {
      this.serial += 1;
      // Which of both comes first is a matter of turns, too.
      const pair: [string, number[]][] = [
        [email, known],
        [email.replace('known', 'knock'), unknown],
      ];
      for (const [one, times] of this.serial % 2 ? pair : pair.reverse()) {
        const began = performance.now();
        const seen: string[] = [];
        for (const request of ask(one)) {
          const answer = await this.client.send({ ...request, headers: this.headers() });
          seen.push(`${answer.status} ${masked(answer.text)} ${Object.keys(answer.headers).sort().join()}`);
          this.tally.counted('enumeration', answer.status);
        }
        times.push(performance.now() - began);
        answers.add(seen.join(' | '));
      }
    }
    return { known, unknown, answers };
  }

  private headers(): Record<string, string> {
    return { 'content-type': 'application/json', 'x-forwarded-for': this.address() };
  }
}

/** An answer without what differs from one to the next anyway. */
const masked = (text: string): string => text.replace(/"(?:verification_token|sent_to)":"[^"]+"/g, '…');
