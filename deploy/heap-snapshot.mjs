// Takes a heap snapshot of a process whose inspector is open (docs/runbooks/memory-high.md), over its address:
//   node deploy/heap-snapshot.mjs 127.0.0.1:9229 app.heapsnapshot
// Needs nothing but Node 22 or later.
import { closeSync, openSync, writeSync } from 'node:fs';

const [address, file, ...more] = process.argv.slice(2);
if (!address || !file || more.length > 0) {
  process.stderr.write('Usage: node heap-snapshot.mjs <host:port> <file>\n');
  process.exit(1);
}
const [{ webSocketDebuggerUrl }] = await (await fetch(`http://${address}/json`)).json();
const socket = new WebSocket(webSocketDebuggerUrl);
const out = openSync(file, 'w', 0o600);
let bytes = 0;
await new Promise((resolve, reject) => {
  socket.onerror = ({ message }) => reject(new Error(message || `No inspector at ${address}`));
  socket.onclose = () => reject(new Error('The process closed the connection.'));
  socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.takeHeapSnapshot' }));
  socket.onmessage = ({ data }) => {
    const { id, method, params, error } = JSON.parse(data);
    if (error) reject(new Error(error.message));
    if (method === 'HeapProfiler.addHeapSnapshotChunk') bytes += writeSync(out, params.chunk);
    if (id === 1) resolve();
  };
});
closeSync(out);
socket.onclose = null;
socket.close();
process.stdout.write(`${bytes} bytes in ${file}\n`);
