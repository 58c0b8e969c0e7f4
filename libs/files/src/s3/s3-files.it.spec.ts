import { randomBytes } from 'node:crypto';
import { OwnS3, type StoreRequest } from '@open-cpo/testing';
import { chunks, contentOf, whole } from '../fixture/bytes';
import { S3Requests, type S3Settings } from './requests';
import { S3Files } from './s3-files';
import { tidy } from './tidy';
import { inTags } from './xml';

const MB = 1024 * 1024;
const DAY = 86_400_000;
const content = randomBytes(20 * MB);
/** One part is enough for most. */
const few = content.subarray(0, 2 * MB + 5);

describe('a store that speaks S3', () => {
  let s3: OwnS3;
  let settings: S3Settings;
  let files: S3Files;

  beforeAll(async () => {
    s3 = await OwnS3.started();
    settings = { url: s3.url, region: 'eu-central-1', ...s3.keys };
    files = new S3Files(settings);
  });
  afterAll(() => s3?.remove());
  afterEach(() => {
    s3.instead = undefined;
    s3.requests.length = 0;
  });

  /** Everything that the bucket holds. */
  const keys = async (): Promise<string[]> =>
    inTags((await new S3Requests(settings).ask('', { query: 'list-type=2' })).bytes.toString(), 'Key');
  const empty = async (): Promise<void> => {
    const requests = new S3Requests(settings);
    for (const key of await keys()) await requests.ask(key, { method: 'DELETE' });
  };
  const parts = ({ method, path }: StoreRequest): boolean => method === 'PUT' && path.includes('partNumber=');

  it('lets nobody in whose key is wrong', async () => {
    const stranger = new S3Files({ ...settings, secretAccessKey: 'guessed' });
    await expect(stranger.write('x', chunks(few, MB))).rejects.toMatchObject({ code: 'service_unavailable' });
    await expect(stranger.open('x')).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('gets content in parts as it comes, no more than two at once', async () => {
    let taken = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const bytes of chunks(content, MB)) {
        taken += bytes.length;
        const sent = s3.requests.filter(parts).length * 8 * MB;
        // Two on their way, and one that is being filled.
        expect(taken - sent).toBeLessThanOrEqual(3 * 8 * MB);
        yield bytes;
      }
    }
    await files.write('parts', counted());
    expect(s3.requests.filter(parts)).toHaveLength(3);
  });

  it('leaves nothing behind when the writing fails', async () => {
    await empty();
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield* chunks(few, MB);
      throw new Error('no more rows');
    }
    await expect(files.write('broken', breaking())).rejects.toThrow('no more rows');
    s3.instead = ({ method, path }) => (method === 'PUT' && path.includes('/files/') ? 403 : undefined);
    await expect(files.write('refused', chunks(few, MB))).rejects.toMatchObject({ code: 'service_unavailable' });
    s3.instead = undefined;
    expect(await keys()).toEqual([]);
    expect(s3.requests.some(({ method, path }) => method === 'DELETE' && path.includes('uploadId='))).toBe(true);
  });

  it('that is full is told as such, and has no file', async () => {
    s3.instead = (request) => (parts(request) ? 507 : undefined);
    await expect(files.write('full', chunks(few, MB))).rejects.toMatchObject({ code: 'service_unavailable' });
    await expect(files.open('full')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is asked again when it was busy for a moment', async () => {
    let failures = 3;
    s3.instead = () => (failures-- > 0 ? 503 : undefined);
    await files.write('busy', chunks(few, MB));
    expect((await contentOf(files, 'busy')).equals(few)).toBe(true);
  });

  it('is told how to encrypt what it keeps', async () => {
    const encryption = {
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'k',
    };
    await new S3Files({ ...settings, encryption }).write('secret', chunks(few, MB));
    const begun = s3.requests.filter(({ method, path }) => method === 'POST' && path.includes('uploads'));
    const entries = s3.requests.filter(({ method, path }) => method === 'PUT' && path.includes('/files/'));
    for (const { headers } of [...begun, ...entries]) expect(headers).toMatchObject(encryption);
    expect([begun.length, entries.length]).toEqual([1, 1]);
  });

  it('has what is past its age removed, and nothing else', async () => {
    await empty();
    await files.write('old', chunks(few, MB));
    const requests = new S3Requests(settings);
    await tidy(requests, Date.now() + 0.9 * DAY);
    expect(await keys()).toHaveLength(2);
    await tidy(requests, Date.now() + 1.1 * DAY);
    expect(await keys()).toEqual([]);
    await expect(files.open('old')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('has the parts of uploads removed that nobody ended, where it tells of them', async () => {
    const begun = (key: string, day: string): string =>
      `<Upload><Key>${key}</Key><UploadId>id ${key}</UploadId><Initiated>${day}T00:00:00.000Z</Initiated></Upload>`;
    const list = begun('contents/old', '2025-01-08') + begun('contents/new', '2025-01-10');
    s3.instead = ({ method, path }) =>
      path.includes('uploads=') ? `<List>${list}</List>` : method === 'DELETE' ? 204 : undefined;
    await tidy(new S3Requests(settings), Date.parse('2025-01-10T01:00:00Z'));
    expect(s3.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual([
      '/exports/contents/old?uploadId=id%20contents%2Fold',
    ]);
  });

  it('that lost the end of a content does not give it out as a whole', async () => {
    await files.write('cut', chunks(few, MB));
    const open = await files.open('cut');
    const requests = new S3Requests(settings);
    for (const one of (await keys()).filter((name) => name.startsWith('contents/'))) {
      await requests.ask(one, { method: 'PUT', body: few.subarray(0, few.length - 1) });
    }
    await expect(whole(open.read())).rejects.toMatchObject({ code: 'internal' });
  });

  it('that was killed is away, and has everything when it is back', async () => {
    await files.write('kept', chunks(few, MB));
    await s3.kill();
    await expect(files.open('kept')).rejects.toMatchObject({ code: 'service_unavailable' });
    await s3.start();
    expect((await contentOf(files, 'kept')).equals(few)).toBe(true);
  });
});
