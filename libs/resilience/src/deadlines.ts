import { type Caller, Refusal } from '@open-cpo/contracts';

/** Milliseconds that an operation has unless it declares its own. */
const DEFAULT_DEADLINE_MS = 4000;

/** The earlier of what the operation allows and what the request has left, in epoch milliseconds. */
export function deadlineOf({ deadline }: { readonly deadline?: number }, caller: Caller): number {
  return Math.min(caller.deadline, Date.now() + (deadline ?? DEFAULT_DEADLINE_MS));
}

/** Milliseconds until a deadline. @throws Refusal `deadline_exceeded` when nothing is left */
export function remaining(deadline: number): number {
  const left = deadline - Date.now();
  if (left <= 0) throw new Refusal('deadline_exceeded');
  return left;
}
