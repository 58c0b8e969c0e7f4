import { SimulatedCharger } from '@open-cpo/testing';
import { randomBytes } from 'node:crypto';
import { pause } from '../../stack/processes';
import { cpuOf, NOISE_MS, RATIO } from '../cost/process-figures';
import type { AttackedCharger, ChargersTarget } from './chargers-under-attack';
import { besideText, type QuietCharger } from './quiet-charger';

/** Bytes of a text in JSON, most of what a message may have. */
const LENGTH = 200 * 1024;
/** Milliseconds after which what is written after an answer has been written. */
const REST_MS = 1500;

/** Of one piece again and again: what a regular expression that is tried at each place takes longest for. */
const PIECES = [
  'x',
  '0',
  ' ',
  '\n',
  '\u0000',
  '/',
  ':',
  '@',
  '?',
  "'",
  '"',
  '\\',
  '[',
  '{',
  ',',
  '-',
  'a:',
  '://',
  'a@',
  '\ufeff',
];
const bytesOf = (piece: string): number => Buffer.byteLength(JSON.stringify(piece)) - 2;
const long = (piece: string): string => piece.repeat(Math.floor(LENGTH / bytesOf(piece)));

/** The messages that are made of a text: as a value, a name, around the message, and within one that is no JSON. */
const messagesOf = (text: string): string[] => [
  JSON.stringify([2, '1', 'DataTransfer', { vendorId: 'x', data: text }]),
  JSON.stringify([2, '2', 'DataTransfer', { vendorId: 'x', [text]: 1 }]),
  `[2,"3","Heartbeat",{}]${text}x`,
  `[2,"4","StatusNotification",{"info":${text}`,
];

/** Long texts of a charger, each with the CPU time that it takes beside that of an ordinary one of its length. */
export async function attackWithTexts(attacked: ChargersTarget, quiet: QuietCharger, charger: AttackedCharger) {
  const { port, tally, pid } = attacked;
  const { identity, password } = charger;
  const socket = await SimulatedCharger.connect({ url: `ws://127.0.0.1:${port}/ocpp`, identity, password });
  const spent = async (text: string): Promise<number> => {
    const before = cpuOf(pid());
    for (const message of messagesOf(text)) socket.send(message);
    await socket.call('Heartbeat');
    await pause(REST_MS);
    return cpuOf(pid()) - before;
  };
  const dear: string[] = [];
  const beside = await quiet.during(async () => {
    const plain = Math.max(NOISE_MS, await spent(randomBytes(LENGTH).toString('base64').slice(0, LENGTH)));
    for (const piece of PIECES) {
      const taken = await spent(long(piece));
      if (taken > RATIO * plain) dear.push(`${JSON.stringify(piece)}: ${taken} ms, an ordinary one ${plain} ms`);
    }
  });
  socket.terminate();
  const holds = dear.length === 0 && beside.failures === 0 && quiet.isOpen;
  tally.checked(
    'long texts of one piece',
    holds,
    [`${PIECES.length} pieces; ${besideText(beside)}`, ...dear].join('; '),
  );
}
