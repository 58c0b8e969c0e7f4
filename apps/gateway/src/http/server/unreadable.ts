import type { Socket } from 'node:net';
import { CATALOGUE, type ErrorCode } from '@open-cpo/contracts';
import { A0 } from '../answers/refusals';
import { isAnswered } from '../body/pending-body';

const REASONS = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' } as const;

const statusOf = ({ code }: NodeJS.ErrnoException): keyof typeof REASONS => {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
};

/** Answers what is no HTTP, or too long or slow for it, in the house's form; there is no request yet to answer to. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable && !isAnswered(socket)) {
    const code: ErrorCode = 'malformed_request';
    const { text, arabic } = CATALOGUE[code];
    const body = JSON.stringify(A0(text, arabic));
    const status = statusOf(error);
    const head = [
      `HTTP/1.1 ${status} ${REASONS[status]}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Content-Type: application/json; charset=utf-8',
      `X-Error-Code: ${code}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
