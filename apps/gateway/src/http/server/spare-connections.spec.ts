import { once } from 'node:events';
import { connect } from 'node:net';
import { recordingGateway } from '../../fixture/recording-gateway';

it('a connection that never carried a request does not keep the gateway from ending', async () => {
  const gateway = await recordingGateway();
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  await once(socket, 'connect');
  // What has come before the connection is answered proves that the server knows of it.
  await gateway.ask('GET', '/api/categories');
  const ended = once(socket, 'close');
  await gateway.stop();
  await ended;
});
