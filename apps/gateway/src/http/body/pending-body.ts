import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * How long, and how much, is read and discarded after a request was answered before its body had arrived. A client may
 * send nothing for seconds and then continue: a pause alone ends nothing.
 */
export const DISCARD_MS = 15_000;
const DISCARD_BYTES = 32 * 1024 * 1024;

const answered = new WeakSet<Socket>();

/** Whether a request has been answered on a connection, so that nothing may be written to it any more. */
export const isAnswered = (socket: Socket): boolean => answered.has(socket);

export const announcesBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Whether the body of a request is still on its way. */
export const isBodyPending = ({ raw }: Pick<FastifyRequest, 'raw'>): boolean =>
  !raw.complete && !raw.destroyed && announcesBody(raw.headers);

/**
 * Sends the response to a request whose body has not arrived. A connection that is closed while the client writes is reset,
 * and most clients then lose the response: so it is sent completely, and the rest of the body is discarded for a while.
 */
export function answerEarly(request: FastifyRequest, reply: FastifyReply, body: string): void {
  const { raw } = reply.hijack();
  answered.add(request.raw.socket);
  raw.statusCode = reply.statusCode;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.setHeader('content-length', Buffer.byteLength(body));
  raw.write(body);
  discard(request.raw, (isWhole) => raw.end(() => (isWhole ? release(request.raw) : request.raw.socket.destroySoon())));
}

const release = ({ socket }: IncomingMessage): void => void answered.delete(socket);

/** Discards the rest of a body; calls back once, with whether it was complete within the limits. */
function discard(message: IncomingMessage, done: (isWhole: boolean) => void): void {
  let left = DISCARD_BYTES;
  const end = (isWhole: boolean): void => {
    clearTimeout(timer);
    message.off('data', count).off('end', whole).off('close', broken).resume();
    done(isWhole);
  };
  const whole = (): void => end(true);
  const broken = (): void => end(false);
  const count = ({ length }: Buffer): void => {
    if ((left -= length) < 0) broken();
  };
  const timer = setTimeout(broken, DISCARD_MS).unref();
  message
    .on('data', count)
    .once('end', whole)
    .once('close', broken)
    .on('error', () => undefined)
    .resume();
}

/** Discards a body that is not read; ends the connection when it does not end within the limits. */
export function discardUnread({ raw: message }: FastifyRequest, { raw }: FastifyReply): void {
  raw.once('finish', () => {
    if (message.complete) return;
    answered.add(message.socket);
    discard(message, (isWhole) => (isWhole ? release(message) : message.socket.destroySoon()));
  });
}
