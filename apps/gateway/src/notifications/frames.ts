import type { OwnersEvent } from '@open-cpo/contracts';

/** What the stream writes, by the standard of server-sent events. Each is whole: nothing can come in between. */

/** Milliseconds that a client waits before it connects again, by default. */
const RETRY = 2000;

/** JSON has no line breaks of its own: one line of data is enough. */
const frame = (id: number, event: string, data: object): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

export const eventFrame = (event: OwnersEvent): string => frame(event.sequence, event.type, event);

/** The first of a stream: from here on nothing is missed, also when the connection breaks before anything happens. */
export const readyFrame = (sequence: number): string => `retry: ${RETRY}\n${frame(sequence, 'ready', { sequence })}`;

/** The requested events are not stored any more: clients with a copy read it again. The stream goes on from `sequence`. */
export const resetFrame = (sequence: number, oldest: number): string => frame(sequence, 'reset', { sequence, oldest });

/** Keeps the connection alive. The id goes on even where a filter lets nothing through; it dispatches no event. */
export const beatFrame = (sequence: number): string => `: beat\nid: ${sequence}\n\n`;

/** The last of a stream that this gateway ends: the others are spread out when they come back. */
export const endFrame = (): string => `retry: ${RETRY / 2 + Math.floor(Math.random() * RETRY)}\n: end\n\n`;
