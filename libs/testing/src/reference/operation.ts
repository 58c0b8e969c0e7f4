import type { Letter } from './envelopes';
import type { PermissionName } from './permissions';
import { apiKeyRefused, forbidden, missing, unauthenticated } from './refusals';
import type { Refusal } from './refusals';
import type { Shape } from './shape';

/** An HTTP method of the reference. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** 1 to 73 as the reference lists them. */
export type OperationNumber = number;

/** A success: the first of an operation is the usual one, the others say when they come. */
export interface Answer {
  readonly status: number;
  readonly letter: Letter;
  readonly shape: Shape;
  readonly when?: string;
  /** The name under which a file is offered. */
  readonly file?: string;
}

/** One operation of the reference: how it is called, what it answers, how it refuses. */
export interface ReferenceOperation {
  readonly number: OperationNumber;
  readonly title: string;
  readonly methods: readonly Method[];
  /** Accepted beside the reference's own methods. */
  readonly alsoMethods: readonly Method[];
  /** In the reference's style: `/api/categories/{id}`. */
  readonly path: string;
  readonly auth: boolean;
  readonly permission?: PermissionName;
  readonly answers: readonly [Answer, ...Answer[]];
  readonly refusals: readonly Refusal[];
}

interface Details {
  readonly can?: PermissionName;
  /** No token needed. */
  readonly open?: true;
  readonly also?: readonly Method[];
  readonly answers: readonly [Answer, ...Answer[]];
  readonly refuses?: readonly Refusal[];
}

/** A success answer. */
export const answer = (letter: Letter, shape: Shape, more: Partial<Answer> = {}): Answer => ({
  status: 200,
  letter,
  shape,
  ...more,
});

const NAMES_A_ROW = /\{(?!type\})/;

/** What every operation of its kind refuses, unless its own list says it differently. */
const usualRefusals = (number: OperationNumber, path: string, { can, open, refuses = [] }: Details): Refusal[] => [
  ...(open ? [] : [unauthenticated(number, path)]),
  apiKeyRefused(number),
  ...(can ? [forbidden(number)] : []),
  ...(NAMES_A_ROW.test(path) && !refuses.some((one) => one.when === 'missing') ? [missing(number)] : []),
];

/**
 * Declares one operation.
 * @param route methods and path: `PUT,PATCH /api/categories/{id}`
 */
export function operation(number: OperationNumber, title: string, route: string, details: Details): ReferenceOperation {
  const [methods = '', path = ''] = route.split(' ');
  return {
    number,
    title,
    methods: methods.split(',') as Method[],
    alsoMethods: details.also ?? [],
    path,
    auth: details.open !== true,
    ...(details.can ? { permission: details.can } : {}),
    answers: details.answers,
    refusals: [...usualRefusals(number, path, details), ...(details.refuses ?? [])],
  };
}
