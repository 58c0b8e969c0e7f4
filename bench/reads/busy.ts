import { createHash } from 'node:crypto';
import { type AddressInfo, connect, createServer } from 'node:net';

const BYTES = 16_384;

/** Sends bytes to itself over loopback and digests them, over and over: at most one core is busy. Ends with its parent. */
const server = createServer((socket) => socket.pipe(socket));
server.listen(0, '127.0.0.1', () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('data', (bytes) => {
    createHash('sha256').update(bytes).digest();
    socket.write(bytes);
  });
  socket.write(Buffer.alloc(BYTES), () => process.send?.('busy'));
});
process.on('disconnect', () => process.exit());
