import type { OperationNumber } from './operation';

/** A sample answer of the reference that is not what the API answers, and what is decided instead. */
export interface Deviation {
  readonly number: OperationNumber;
  /** Which of the operation's samples, from 0. */
  readonly sample: number;
  /** The status of the answer that the sample stands for. */
  readonly status: number;
  /** Where it departs from the shape: exactly these lines; none when only its values are flawed. */
  readonly mismatches: readonly string[];
  readonly decision: string;
}

const deviation = (
  number: OperationNumber,
  sample: number,
  decision: string,
  mismatches: readonly string[] = [],
  status = 200,
): Deviation => ({ number, sample, status, mismatches, decision });

const BROKEN = 'a capture of a broken environment; the operation works and its body is decided';
const brokenCapture = (number: OperationNumber) =>
  deviation(
    number,
    0,
    BROKEN,
    [
      '$.success: expected 1, got 0',
      '$.msg: expected "Done!", got "Internal system error."',
      '$.msg_arabic: expected "تمت العمليه بنجاح", got "خطأ في النظام"',
      '$.results: missing',
      '$.trace: not documented',
    ],
    200,
  );

const SENT_TO = 'verifications also say where the code was sent: mobile clients require it';
const FEEDBACK = 'feedback also carries its power center and its author: integrations index them without asking';
const OFFERED = 'the sample repeats the added methods; an offered method has no account and no link yet';
const PER_PAGE = 'per_page echoes the effective itemsPerPage, which the sample does not';
const SITE = 'power_centers is filled when asked for; the sample has ids and an empty list';

const offered = (value: string) => `expected null, got ${value}`;

/** Every sample of the reference that is known to be flawed. */
export const DEVIATIONS: readonly Deviation[] = [
  deviation(2, 1, SENT_TO, ['$.data.sent_to: missing'], 422),
  deviation(3, 0, SENT_TO, ['$.data.sent_to: missing']),
  ...[8, 9, 10, 11, 12, 13, 14, 15].map(brokenCapture),
  deviation(22, 0, `${FEEDBACK}; ${PER_PAGE}`, [
    '$.results.data[0].charge_point: missing',
    '$.results.data[0].user: missing',
  ]),
  deviation(24, 0, FEEDBACK, ['$.charge_point: missing', '$.user: missing']),
  deviation(32, 0, OFFERED, [
    `$.results[0].details: ${offered('{"account_id":"acct_1PnynuR7qdScojsdf56","account_status":"Pending"}')}`,
    `$.results[0].link: ${offered('"https://connect.stripe.com/setup/s/acct_1PjiyP08tgBteJD6/IAbfEzjDXCzjsds"')}`,
  ]),
  deviation(36, 0, PER_PAGE),
  deviation(55, 0, PER_PAGE),
  deviation(61, 0, `${SITE}; ${PER_PAGE}`),
  deviation(62, 0, SITE),
  deviation(67, 0, PER_PAGE),
];
