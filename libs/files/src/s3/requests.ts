import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '@open-cpo/contracts';
import { AwsV4Signer } from 'aws4fetch';

/** A bucket and how to get in. */
export interface S3Settings {
  /** The bucket's address, without a slash at the end. */
  readonly url: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Headers that ask for encryption of what is kept. */
  readonly encryption?: Readonly<Record<string, string>>;
}

export interface S3Request {
  readonly method?: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** Milliseconds for one request with its content, and pauses before the further tries. */
const TIMEOUT_MS = 30_000;
const PAUSES = [100, 400, 1600];

/** Signed requests to one bucket. What may pass by itself is tried a few times: each of them can be done twice. */
export class S3Requests {
  constructor(private readonly settings: S3Settings) {}

  /** @throws Refusal `not_found` for what is not there, `service_unavailable` for everything else that is no success */
  async ask(key: string, request: S3Request = {}): Promise<S3Answer> {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.once(key, request).catch((error: unknown) => String(error));
      if (typeof answer !== 'string' && answer.status < 300) return answer;
      if (typeof answer !== 'string' && answer.status === 404) throw new Refusal('not_found');
      const wait = PAUSES[attempt];
      if (wait === undefined || !mayPass(answer)) throw unavailable(answer);
      await pause(wait);
    }
  }

  private async once(key: string, { method = 'GET', query = '', headers = {}, body }: S3Request): Promise<S3Answer> {
    const { url, region, accessKeyId, secretAccessKey } = this.settings;
    const signer = new AwsV4Signer({
      url: `${url}/${key.split('/').map(encodeURIComponent).join('/')}${query && `?${query}`}`,
      method,
      // Signed, too, so that content cannot be changed in transit.
      headers: {
        ...headers,
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
      },
      accessKeyId,
      secretAccessKey,
      region,
      service: 's3',
    });
    const signed = await signer.sign();
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    // A signed request goes nowhere else.
    const sent = { method, headers: signed.headers, body: body ?? null, signal, redirect: 'error' } as const;
    const response = await fetch(signed.url, sent);
    return {
      status: response.status,
      headers: response.headers,
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  }
}

const mayPass = (answer: S3Answer | string): boolean =>
  typeof answer === 'string' || answer.status >= 500 || answer.status === 429;

function unavailable(answer: S3Answer | string): Refusal {
  const cause = typeof answer === 'string' ? answer : `${answer.status} ${answer.bytes.toString().slice(0, 300)}`;
  return new Refusal('service_unavailable', { cause: `the file store says: ${cause}` });
}
