import type { IncomingMessage } from 'node:http';
import { Refusal } from '@open-cpo/contracts';
import { answerUnreadable } from '../server/unreadable';
import type { HeldBytes } from './bytes-in-flight';

/** Bytes of a JSON or form body. */
export const BODY_LIMIT = 1024 * 1024;
/** Milliseconds within which a JSON or form body arrives. */
const BODY_TIMEOUT_MS = 10_000;

const LATE = Object.assign(new Error('The body is late.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

/**
 * Reads a body whole. A client that is too slow gets 408, and its connection ends.
 * @throws Refusal `payload_too_large`, `service_unavailable`, `malformed_request` when it breaks off
 */
export function readBody(message: IncomingMessage, held: HeldBytes): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const end = (error?: Error): void => {
      clearTimeout(timer);
      message.off('data', take).off('end', whole).off('close', broken).pause();
      if (error !== undefined) return reject(error);
      resolve(Buffer.concat(pieces, size));
    };
    const take = (piece: Buffer): void => {
      try {
        if (size + piece.length > BODY_LIMIT) throw new Refusal('payload_too_large');
        held.take(piece.length);
        size += piece.length;
        pieces.push(piece);
      } catch (error) {
        pieces.length = 0;
        end(error as Error);
      }
    };
    const whole = (): void => end();
    const broken = (): void => end(new Refusal('malformed_request', { cause: 'the body broke off' }));
    const timer = setTimeout(() => answerUnreadable(LATE, message.socket), BODY_TIMEOUT_MS).unref();
    message.on('data', take).once('end', whole).once('close', broken).on('error', broken);
  });
}
