import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { pause } from '../../stack/processes';
import { type AttackedCharger, basic, type ChargersTarget } from './chargers-under-attack';
import { besideText, type QuietCharger } from './quiet-charger';

/** Milliseconds in which something has to come of a frame, with room for a loaded machine. */
const GUARD_MS = 30_000;
/** Connections of one charger that are allowed in a minute are twenty. */
const FRAMES_OF_ONE = 14;
const MEMORY = 50;
const MIB = 1024 * 1024;
const TEXT = 0x81;

/** A frame as a client sends it; `length` is what it says of its length. */
function frame(first: number, payload: Buffer, { masked = true, length = BigInt(payload.length) } = {}): Buffer {
  const bit = masked ? 0x80 : 0;
  const head =
    length < 126n
      ? Buffer.from([first, bit | Number(length)])
      : length < 65_536n
        ? Buffer.from([first, bit | 126, Number(length >> 8n), Number(length & 255n)])
        : Buffer.concat([Buffer.from([first, bit | 127]), bigEndian(length)]);
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload]);
}

function bigEndian(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

const text = (value: string): Buffer => frame(TEXT, Buffer.from(value));
const call = (action: string, payload: string): Buffer => text(`[2,"1","${action}",${payload}]`);

/** What breaks the WebSocket protocol, or is larger than any message may be: the connection has to end. */
export const BROKEN: readonly (readonly [string, Buffer])[] = [
  ['not masked', frame(TEXT, Buffer.from('[]'), { masked: false })],
  ['reserved opcode', frame(0x83, Buffer.from('[]'))],
  ['compressed without negotiation', frame(0xc1, Buffer.from('[]'))],
  ['no UTF-8', frame(TEXT, Buffer.from([0xff, 0xfe, 0xc0]))],
  ['continuation of nothing', frame(0x80, Buffer.from('[]'))],
  ['fragmented ping', frame(0x09, Buffer.from('x'))],
  ['large ping', frame(0x89, Buffer.alloc(126))],
  ['invalid code of a close', frame(0x88, Buffer.from([0, 1]))],
  ['says 2^63 - 1 bytes', frame(TEXT, Buffer.from('['), { length: 2n ** 63n - 1n })],
  ['says 16 MiB', frame(TEXT, Buffer.from('['), { length: BigInt(16 * MIB) })],
  ['256 KiB and one byte', text('x'.repeat(256 * 1024 + 1))],
  [
    'fragments beyond 256 KiB',
    Buffer.concat(Array.from({ length: 9 }, (_, n) => frame(n ? 0 : 1, Buffer.alloc(32 * 1024, 120)))),
  ],
  ['noise', Buffer.alloc(4096, 0xff)],
];

/** What is a frame and no message that makes sense: answered or passed over, and the connection stays. */
const SENSELESS: readonly (readonly [string, Buffer])[] = [
  ['no JSON', text('[')],
  ['no array', text('{"2":"1"}')],
  ['nothing', text('')],
  ['a number', text('2')],
  ['type 99', text('[99,"1"]')],
  ['arrays in each other', text('['.repeat(250_000))],
  ['objects in each other', call('StopTransaction', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`)],
  ['prototype', call('BootNotification', '{"__proto__":{"status":1},"constructor":{"prototype":{"a":1}}}')],
  ['numbers without end', call('MeterValues', `{"connectorId":1e999,"transactionId":${'9'.repeat(5000)}}`)],
  ['many keys', call('DataTransfer', `{${Array.from({ length: 20_000 }, (_, n) => `"k${n}":0`).join()}}`)],
  ['many samples', call('MeterValues', `{"connectorId":1,"meterValue":[${'{"sampledValue":[]},'.repeat(9000)}{}]}`)],
  [
    'blank readings',
    call('MeterValues', '{"connectorId":1,"meterValue":[null,{},"",[],{"sampledValue":[null,{},"",[]]}]}'),
  ],
  ['blank fields', call('StatusNotification', '{"connectorId":null,"status":"","errorCode":null,"timestamp":{}}')],
  [
    'blank transaction',
    call('StopTransaction', '{"transactionId":null,"meterStop":"","transactionData":[null],"idTag":[]}'),
  ],
  ['blank start', call('StartTransaction', '{"connectorId":"","idTag":null,"meterStart":{},"timestamp":null}')],
  ['blank names', text('[2,"1","  ",null]')],
  ['lone surrogates', call('Authorize', '{"idTag":"\\ud800\\u0000"}')],
  ['a call of the server', call('Reset', '{"type":"Hard"}')],
  ['an answer to nothing', text('[3,"nobody-asked",{}]')],
  ['an endless id', text(`[2,"${'i'.repeat(200_000)}","Heartbeat",{}]`)],
  ['a name of methods', call('constructor', '{}')],
];

/** A connection that was upgraded by hand. */
export class RawSocket {
  private received = Buffer.alloc(0);
  ended = false;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => (this.received = Buffer.concat([this.received, bytes]).subarray(-65_536)));
    socket.on('error', () => undefined);
    socket.on('close', () => (this.ended = true));
  }

  static async open(port: number, { identity, password }: AttackedCharger, address: string): Promise<RawSocket> {
    const made = new RawSocket(connect(port, '127.0.0.1'));
    const lines = [
      `GET /ocpp/${identity} HTTP/1.1`,
      ...['Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      ...['Sec-WebSocket-Protocol: ocpp1.6', `Authorization: ${basic(identity, password)}`],
      `X-Forwarded-For: ${address}`,
    ];
    made.send(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`));
    if (!(await made.until((bytes) => bytes.includes('\r\n\r\n'))) || !made.received.includes(' 101 ')) {
      throw new Error(`A charger got no socket: ${made.received.toString('latin1').slice(0, 60)}`);
    }
    made.received = Buffer.alloc(0);
    return made;
  }

  send(bytes: Buffer): void {
    if (!this.ended) this.socket.write(bytes);
  }

  /** Whether it comes within the guard, or the connection ends. */
  async until(came: (bytes: Buffer) => boolean): Promise<boolean> {
    for (const end = Date.now() + GUARD_MS; Date.now() < end && !this.ended; await pause(10)) {
      if (came(this.received)) return true;
    }
    return came(this.received);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Frames that no charger should send, by one that has authenticated. */
export async function attackFrames(
  attacked: ChargersTarget,
  quiet: QuietCharger,
  chargers: () => Promise<AttackedCharger>,
) {
  const { tally, port, means } = attacked;
  const wrong: string[] = [];
  let [charger, used] = [await chargers(), 0];
  const fresh = async (): Promise<RawSocket> => {
    if ((used += 1) > FRAMES_OF_ONE) [charger, used] = [await chargers(), 1];
    return RawSocket.open(port, charger, means.address());
  };
  const beside = await quiet.during(async () => {
    for (const [name, bytes] of BROKEN) {
      const socket = await fresh();
      socket.send(bytes);
      await socket.until(() => socket.ended);
      tally.counted('frames of chargers', socket.ended ? 0 : 200);
      if (!socket.ended) wrong.push(`${name}: the connection stays`);
      socket.close();
    }
    for (const [name, bytes] of SENSELESS) {
      const socket = await fresh();
      socket.send(bytes);
      socket.send(text('[2,"after","Heartbeat",{}]'));
      const goesOn = await socket.until((received) => received.includes('[3,"after"'));
      tally.counted('frames of chargers', goesOn ? 200 : 0);
      if (!goesOn) wrong.push(`${name}: the connection does not go on`);
      socket.close();
    }
  });
  const holds = wrong.length === 0 && beside.failures === 0 && beside.grown < MEMORY && quiet.isOpen;
  const figures = `${BROKEN.length} that break the protocol, ${SENSELESS.length} without sense; ${besideText(beside)}`;
  tally.checked('frames that no charger should send', holds, [figures, ...wrong].join('; '));
}

/** Frames that come byte by byte, and pings without end. */
export async function attackWithSlowFrames(attacked: ChargersTarget, quiet: QuietCharger, chargers: AttackedCharger[]) {
  const { tally, port, means } = attacked;
  const beside = await quiet.during(async () => {
    const sockets = await Promise.all(chargers.map((charger) => RawSocket.open(port, charger, means.address())));
    sockets.forEach((socket) => socket.send(frame(TEXT, Buffer.alloc(100, 32), { length: 250_000n })));
    for (let n = 0; n < 50; n += 1) {
      sockets.forEach((socket) => socket.send(Buffer.alloc(10, 32)));
      await pause(40);
    }
    sockets.forEach((socket) => socket.close());
    const [first] = chargers;
    if (!first) return;
    const pinging = await RawSocket.open(port, first, means.address());
    for (let n = 0; n < 200; n += 1)
      pinging.send(Buffer.concat(Array.from({ length: 200 }, () => frame(0x89, Buffer.from('p')))));
    pinging.send(text('[2,"after","Heartbeat",{}]'));
    await pinging.until((received) => received.includes('[3,"after"'));
    pinging.close();
  });
  const holds = beside.failures === 0 && beside.grown < MEMORY && quiet.isOpen;
  tally.checked('frames of chargers that never end, and 40,000 pings', holds, besideText(beside));
}
