import { reference } from '@open-cpo/testing';
import { A, bare, DONE, DONE_ARABIC, EMPTY, type Envelope, RAW, V, wrap } from './success';

const wrapped = (envelope: Envelope, json = '{"id":7}'): string =>
  Buffer.from(wrap(envelope, Buffer.from(json))).toString();

describe('the envelopes of success', () => {
  it('have the texts of the published API', () => {
    expect([DONE, DONE_ARABIC]).toEqual([reference.DONE, reference.DONE_ARABIC]);
  });

  it.each([
    ['an object', '{"id":7}'],
    ['a list', '[{"id":7},{"id":6}]'],
    ['a page', '{"data":[],"meta":{"per_page":15,"total":0}}'],
    ['a number', '34.612'],
    ['nothing at all', 'null'],
  ])('A holds %s under results, byte by byte', (_what, json) => {
    expect(wrapped(A, json)).toBe(`{"success":1,"msg":"Done!","msg_arabic":"تمت العمليه بنجاح","results":${json}}`);
  });

  it('A without results drops what comes', () => {
    expect(wrapped(bare())).toBe('{"success":1,"msg":"Done!","msg_arabic":"تمت العمليه بنجاح"}');
    expect(wrapped(bare('done'))).toContain('"msg":"done"');
  });

  it('V holds data, a message, and what stands beside data', () => {
    expect(wrapped(V())).toBe('{"data":{"id":7},"success":1,"message":"Done!"}');
    expect(wrapped(V('Enter it.', 202))).toBe('{"data":{"id":7},"success":1,"message":"Enter it."}');
    expect(wrapped(V(undefined, 200, { expires_in: 60 }))).toBe(
      '{"data":{"id":7},"success":1,"message":"Done!","expires_in":60}',
    );
  });

  it('R, L and G are the bytes themselves, not a copy', () => {
    const bytes = Buffer.from('[1]');
    expect(wrap(RAW, bytes)).toBe(bytes);
  });

  it('Z has no body and says so', () => {
    expect([EMPTY.status, wrapped(EMPTY)]).toEqual([204, '']);
  });

  it('all but the verification and the empty one say 200', () => {
    expect([A, bare(), V(), RAW].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(V('x', 202).status).toBe(202);
  });
});
