import { isHandshake } from './handshake';

const headers = {
  connection: 'keep-alive, Upgrade',
  upgrade: 'WebSocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
  'sec-websocket-protocol': 'ocpp2.0.1, ocpp1.6',
};

describe('the handshake of a WebSocket', () => {
  it('is one with all that belongs to it, whatever the protocols', () => {
    expect(isHandshake({ method: 'GET', headers })).toBe(true);
    expect(isHandshake({ method: 'GET', headers: { ...headers, 'sec-websocket-protocol': undefined } })).toBe(true);
  });

  it.each([
    ['no upgrade', { upgrade: undefined }],
    ['an upgrade to something else', { upgrade: 'h2c' }],
    ['a connection that is kept', { connection: 'keep-alive' }],
    ['no connection', { connection: undefined }],
    ['no key', { 'sec-websocket-key': undefined }],
    ['a short key', { 'sec-websocket-key': 'abc=' }],
    ['no version', { 'sec-websocket-version': undefined }],
    ['a version that there is not', { 'sec-websocket-version': '14' }],
    ['a protocol twice', { 'sec-websocket-protocol': 'ocpp1.6,ocpp1.6' }],
    ['a list of protocols with an end that is empty', { 'sec-websocket-protocol': 'ocpp1.6,' }],
    ['an empty list of protocols', { 'sec-websocket-protocol': '' }],
  ])('is none with %s', (_name, changed) => {
    expect(isHandshake({ method: 'GET', headers: { ...headers, ...changed } })).toBe(false);
  });

  it('is a GET', () => expect(isHandshake({ method: 'POST', headers })).toBe(false));
});
