import type { Tally } from '../report/tally';
import type { Answer, Client } from '../sending/client';
import type { People } from '../environment/people';

/** Guesses at one password, at one code, and over many codes of one account. */
const PASSWORDS = 60;
const BATCH_SIZE = 6;
const CODES = 50;
const RESETS = 25;
/**
 * What auth allows from ever other networks: per account and hour, per code, and per account and day over all codes; each
 * and some that the passing of time allows.
 */
const ALLOWED = { password: 33, code: 3, codes: 22 };

/** Guesses over two gateways and two replicas of auth, from ever other addresses. */
export async function attackGuesses(
  clients: readonly [Client, Client],
  people: People,
  address: () => string,
  tally: Tally,
) {
  let turn = 0;
  const post = async (path: string, body: object): Promise<Answer> => {
    turn += 1;
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address() };
    const sent = { method: 'POST', target: `/api/v3/auth/${path}`, headers, body: Buffer.from(JSON.stringify(body)) };
    const answer = await (clients[turn % 2] as Client).send(sent);
    tally.counted('guesses', answer.status);
    return answer;
  };
  const [one = '', two = '', three = ''] = await people.addresses(3);
  const passwords = await inBatches(PASSWORDS, (n) => post('login', { email: one, password: `guess number ${n}` }));
  record(tally, 'guesses at a password over two replicas', looked(passwords), ALLOWED.password, PASSWORDS);

  const reset = await post('password/reset', { email: two });
  const codes = await Promise.all(
    Array.from({ length: CODES }, (_, n) => post('password/reset/verify', guess(reset, n))),
  );
  record(tally, 'guesses at one code, all at once', looked(codes), ALLOWED.code, CODES);

  let all = 0;
  for (let n = 0; n < RESETS; n += 1) {
    const begun = await post('password/reset', { email: three });
    const guesses = await Promise.all(
      [0, 1, 2].map((more) => post('password/reset/verify', guess(begun, n * 3 + more))),
    );
    all += looked(guesses);
  }
  record(tally, 'guesses over many codes of an account', all, ALLOWED.codes, RESETS * 3);
}

/** Some at once, as many as are let in at once. */
async function inBatches(count: number, ask: (n: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let from = 0; from < count; from += BATCH_SIZE) {
    answers.push(...(await Promise.all(Array.from({ length: BATCH_SIZE }, (_, n) => ask(from + n)))));
  }
  return answers;
}

const guess = ({ text }: Answer, n: number): object => ({
  verification_token: /"verification_token":"([^"]+)"/.exec(text)?.[1] ?? '',
  verification_code: String((n * 7919) % 10_000).padStart(4, '0'),
});

/** Guesses that were compared: told to be wrong, or right. */
const looked = (answers: readonly Answer[]): number =>
  answers.filter(({ status, headers }) => {
    const code = headers['x-error-code'];
    return status < 300 || code === 'credentials_rejected' || code === 'incorrect_code';
  }).length;

function record(tally: Tally, name: string, compared: number, allowed: number, sent: number): void {
  const figures = `${sent} sent, ${compared} compared, ${allowed} allowed`;
  tally.checked(name, compared > 0 && compared <= allowed, figures);
}
