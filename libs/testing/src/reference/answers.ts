import type { Answer, ReferenceOperation } from './operation';
import type { Reason, Refusal } from './refusals';

/** The success answer of an operation: the usual one, or that of a status or condition. Throws when there is none. */
export function answerOf(operation: ReferenceOperation, when?: { status?: number; when?: string }): Answer {
  if (!when) return operation.answers[0];
  const found = operation.answers.find(
    (answer) =>
      (when.status === undefined || answer.status === when.status) &&
      (when.when === undefined || answer.when === when.when),
  );
  if (!found) throw new Error(`#${operation.number} has no answer ${JSON.stringify(when)}`);
  return found;
}

/** How an operation refuses for a reason. Throws when it never does. */
export function refusalOf(operation: ReferenceOperation, reason: Reason): Refusal {
  const found = operation.refusals.find((refusal) => refusal.when === reason);
  if (!found) throw new Error(`#${operation.number} never refuses as ${reason}`);
  return found;
}
