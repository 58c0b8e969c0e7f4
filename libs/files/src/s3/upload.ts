import { createHash } from 'node:crypto';
import { inPieces } from '../pieces';
import { inTags, xmlText } from './xml';
import type { S3Requests } from './requests';

/** Bytes of a part; the least that stores take is 5 MiB, and at most 10,000 parts make 78 GiB. */
const PART = 8 * 1024 * 1024;
/** Parts on their way at once; with the one that is being filled they are all the memory that a file takes. */
const WINDOW = 2;

/** What was stored. */
export interface Uploaded {
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/** Stores bytes of unknown length in parts. @throws Error when it fails; nothing is left behind then */
export async function upload(
  requests: S3Requests,
  key: string,
  bytes: AsyncIterable<Uint8Array>,
  encryption: Readonly<Record<string, string>> = {},
): Promise<Uploaded> {
  const begun = await requests.ask(key, { method: 'POST', query: 'uploads=', headers: encryption });
  const id = inTags(begun.bytes.toString(), 'UploadId')[0];
  if (!id) throw new Error('the file store began no upload');
  const query = `uploadId=${encodeURIComponent(id)}`;
  try {
    const { size, digest, tags } = await sendParts(requests, key, bytes, query);
    const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${xmlText(tag)}</ETag></Part>`);
    const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    const done = await requests.ask(key, { method: 'POST', query, body });
    // A store that needs long says 200 first, and then how it went.
    const [failed] = inTags(done.bytes.toString(), 'Error');
    if (failed) throw new Error(`the file store says: ${failed}`);
    return { size, digest };
  } catch (error) {
    await requests.ask(key, { method: 'DELETE', query }).catch(() => undefined);
    throw error;
  }
}

async function sendParts(
  requests: S3Requests,
  key: string,
  bytes: AsyncIterable<Uint8Array>,
  upload: string,
): Promise<Uploaded & { tags: string[] }> {
  const hash = createHash('sha256');
  const [tags, underWay] = [[] as string[], [] as Promise<void>[]];
  let [size, number] = [0, 0];
  const send = async (body: Uint8Array, part: number): Promise<void> => {
    const { headers } = await requests.ask(key, { method: 'PUT', query: `partNumber=${part}&${upload}`, body });
    tags[part - 1] = headers.get('etag') ?? '';
  };
  try {
    for await (const part of inPieces(bytes, PART)) {
      hash.update(part);
      size += part.length;
      const sending = send(part, (number += 1));
      // It is waited for below; until then its failure is no unhandled rejection.
      sending.catch(() => undefined);
      underWay.push(sending);
      if (underWay.length >= WINDOW) await underWay.shift();
    }
    // A file without content is one part without content.
    if (number === 0) underWay.push(send(Buffer.alloc(0), (number += 1)));
    await Promise.all(underWay);
  } catch (error) {
    // What is on its way arrives all the same: only then can it be removed.
    await Promise.allSettled(underWay);
    throw error;
  }
  return { size, digest: hash.digest('hex'), tags };
}
