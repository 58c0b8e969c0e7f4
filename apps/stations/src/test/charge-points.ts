import {
  type ChangeChargePoint,
  type ChargePointFull,
  type ChargePointModel,
  chargePoints,
  type CreateChargePoint,
} from '@open-cpo/contracts';
import { asUser, reference } from '@open-cpo/testing';
import type { Stations } from './stations';

/** The owner of account 1, who sees Algerian dinars as the reference's sample owner does. */
export const owner = (idempotencyKey?: string) =>
  asUser({ accountId: 1, userId: 11, currency: 'DZD', timeZone: 'Africa/Algiers', idempotencyKey });

/** The owner of account 2. */
export const rival = () => asUser({ accountId: 2, userId: 21, currency: 'JOD', timeZone: 'Asia/Amman' });

/** The body that the reference prints for a creation, repaired, or for an update. */
export function exampleBody<T>(number: 47 | 48): T {
  const example = reference.EXAMPLES.find((one) => one.number === number);
  return { ...(example?.fixed?.body ?? example?.body) } as T;
}

let made = 0;

/** Creates a power center. */
export const make = (
  { bus }: Stations,
  input: Partial<CreateChargePoint> = {},
  caller = owner(),
): Promise<ChargePointModel> => {
  made += 1;
  const needed = { title: `Power center ${made}`, category: 'EV_CHARGER' };
  return bus.call(chargePoints.create, { ...needed, ...input }, caller);
};

export const change = (
  { bus }: Stations,
  id: number,
  input: Partial<ChangeChargePoint> | Record<string, unknown>,
  caller = owner(),
): Promise<ChargePointModel> => bus.call(chargePoints.change, { ...input, id }, caller);

export const one = ({ bus }: Stations, id: number, caller = owner()): Promise<ChargePointFull> =>
  bus.call(chargePoints.one, { id }, caller);

/** What is not as the reference documents it. */
export const wrongIn = (number: number, body: unknown): string[] =>
  reference.mismatches(body, reference.answerOf(reference.operationOf(number)).shape);

/** The envelope around lists and pages. */
export const inEnvelope = (results: unknown) => ({
  success: 1,
  msg: reference.DONE,
  msg_arabic: reference.DONE_ARABIC,
  results,
});
