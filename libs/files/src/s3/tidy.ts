import { HOURS_KEPT } from '../file-store';
import type { S3Requests } from './requests';
import { inTags } from './xml';

const HOUR = 3_600_000;
/** Entries first: a file whose content is gone must not be found. */
const FOLDERS = ['files/', 'contents/'];

/** Removes what is past its age, and the parts of unfinished uploads. */
export async function tidy(requests: S3Requests, now = Date.now()): Promise<void> {
  const isOld = (time: string): boolean => Date.parse(time) < now - HOURS_KEPT * HOUR;
  for (const folder of FOLDERS) {
    for await (const object of listed(requests, folder)) {
      if (isOld(inside(object, 'LastModified'))) await requests.ask(inside(object, 'Key'), { method: 'DELETE' });
    }
  }
  // Not every store lists these: elsewhere a lifecycle rule of the bucket has to end them.
  const uploads = await requests.ask('', { query: 'uploads=' }).catch(() => undefined);
  for (const upload of inTags(uploads?.bytes.toString() ?? '', 'Upload')) {
    if (!isOld(inside(upload, 'Initiated'))) continue;
    const query = `uploadId=${encodeURIComponent(inside(upload, 'UploadId'))}`;
    await requests.ask(inside(upload, 'Key'), { method: 'DELETE', query });
  }
}

/** Objects of a folder, a thousand at a time. */
async function* listed(requests: S3Requests, folder: string): AsyncGenerator<string> {
  for (let token = ''; ;) {
    const next = token && `&continuation-token=${encodeURIComponent(token)}`;
    // In the order of names, as the signature wants them.
    const query = `${next.slice(1)}${next && '&'}list-type=2&prefix=${encodeURIComponent(folder)}`;
    const page = (await requests.ask('', { query })).bytes.toString();
    yield* inTags(page, 'Contents');
    token = inside(page, 'NextContinuationToken');
    if (!token) return;
  }
}

const inside = (document: string, name: string): string => inTags(document, name)[0] ?? '';
