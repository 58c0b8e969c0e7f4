import { type AnyOperation, Refusal, type RefusalKind } from '@open-cpo/contracts';
import type { Log } from '@open-cpo/platform';
import type { PublishOptions } from '@nats-io/transport-node';
import type { ErrorTranslator } from '../error-translator';
import { encode, refusalHeaders } from '../wire';

/** Somebody who waits for an answer. */
export interface Answerable {
  respond(data: Uint8Array, options?: PublishOptions): unknown;
}

interface Failure {
  readonly error: unknown;
  readonly operation: AnyOperation;
  readonly requestId?: string;
  readonly log: Log;
  readonly translate: ErrorTranslator;
}

/** Answers with a refusal; what is a fault of ours is logged and its text stays here. Answers the refusal's kind; never throws. */
export function refuse(message: Answerable, { error, operation, requestId, log, translate }: Failure): RefusalKind {
  const refusal = error instanceof Refusal ? error : (translate(error) ?? new Refusal('internal', { cause: error }));
  const entry = { requestId, operation: operation.subject, refusal: refusal.code, error: refusal.cause };
  if (refusal.kind === 'internal') log.error('Operation failed', entry);
  else if (refusal.kind === 'unavailable' || refusal.kind === 'deadline') log.warn('Operation refused', entry);
  try {
    message.respond(encode(refusal.toWire()), { headers: refusalHeaders() });
  } catch (failure) {
    log.error('Refusal could not be sent', { ...entry, error: failure });
    answerBriefly(message);
  }
  return refusal.kind;
}

/** A refusal that cannot be written down or does not fit a message must not leave the caller waiting. */
function answerBriefly(message: Answerable): void {
  try {
    message.respond(encode(new Refusal('internal').toWire()), { headers: refusalHeaders() });
  } catch {
    // The connection is gone, and the caller knows.
  }
}
