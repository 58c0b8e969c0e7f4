import { PassThrough } from 'node:stream';
import { readForm } from './multipart';

const FORM = [
  '--edge',
  'content-disposition: form-data; name="fullname"',
  '',
  'John Doe',
  '--edge',
  'content-disposition: form-data; name="id"; filename="passport.pdf"',
  'content-type: application/pdf',
  '',
  '%PDF-1.7',
  '--edge',
  'content-disposition: form-data; name="other"; filename="other.pdf"',
  '',
  'passed over',
  '--edge--',
  '',
].join('\r\n');

/** Reads a body that ends after these bytes. */
const keep = async (bytes: AsyncIterable<Uint8Array>) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return { object: Buffer.concat(pieces).toString(), key: '', size: 0, digest: '' };
};
const read = (text: string, fileName = 'id') => {
  const stream = new PassThrough();
  const reading = readForm({ stream, contentType: 'multipart/form-data; boundary=edge' }, fileName, 10_000_000, keep);
  stream.end(text);
  return reading;
};

describe('a form with a file', () => {
  it('is its fields and the one file that is wanted', async () => {
    const form = FORM.replace(/--edge\r\ncontent-disposition: form-data; name="other"[^]*?(?=--edge--)/, '');
    expect(await read(form)).toEqual({
      fields: { fullname: 'John Doe' },
      file: expect.objectContaining({ object: '%PDF-1.7' }),
    });
    expect(await read(form, 'something else')).toEqual({ fields: { fullname: 'John Doe' } });
  });

  it('has one file at most', async () => {
    await expect(read(FORM)).rejects.toMatchObject({ code: 'payload_too_large' });
  });

  it('is refused wherever it breaks off, and ends nothing but itself', async () => {
    const whole = FORM.replace(/\r\n$/, '').length;
    // Where it may end: after the closing edge.
    for (let length = 0; length < whole; length += 1) {
      for (const fileName of ['id', 'other']) {
        await expect(read(FORM.slice(0, length), fileName)).rejects.toMatchObject({
          code: expect.stringMatching(/^(?:malformed_request|payload_too_large)$/),
        });
      }
    }
    // Unhandled errors would end the process now.
    await new Promise((resolve) => setImmediate(resolve));
  });
});
