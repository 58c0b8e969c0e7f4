import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tally } from '../report/tally';
import type { Answer, Client } from '../sending/client';
import type { Means } from '../sending/target';
import { faultsIn, type Part, PDF, TRICKS, type Trick } from './upload-tricks';

const METHOD = '/api/payout-methods';
const FIELDS = {
  ...{ fullname: 'John Doe', userType: 'individual', address: '1 Main Street', TIN: '123-45-6789' },
  ...{ email: 'john@example.com', accountNumber: 'DE89370400440532013000' },
};
const BOUNDARY = 'attack-boundary';

/** Sends what is no identity document where one is wanted, and documents under names that lead elsewhere. */
export class Uploads {
  constructor(
    private readonly client: Client,
    private readonly means: Means,
    private readonly tally: Tally,
  ) {}

  async run(): Promise<void> {
    const escaped = `attack-${process.pid}.pdf`;
    const problems: string[] = [];
    const usual = await this.send({ what: 'a document', parts: [{ bytes: PDF, name: 'passport.pdf' }], wanted: [200] });
    if (usual.status !== 200) problems.push(`an honest document: ${usual.status} ${usual.text.slice(0, 200)}`);
    const tricks = TRICKS(escaped);
    for (const trick of tricks) {
      const answer = await this.send(trick);
      problems.push(...faultsIn(trick, answer));
    }
    const places = ['/', tmpdir(), process.cwd(), join(process.cwd(), '..')].map((folder) => join(folder, escaped));
    problems.push(...places.filter((place) => existsSync(place)).map((place) => `${place} was written`));
    const figures = [`${tricks.length} sent, ${problems.length} taken or told wrong`, ...problems].join('; ');
    this.tally.checked('uploads that are no documents, or lead elsewhere', problems.length === 0, figures);
    await this.remove();
  }

  /** Adds a payout method with it, after taking away what the try before may have left. */
  private async send({ parts, type, fields = FIELDS, raw }: Trick): Promise<Answer> {
    await this.remove();
    const body = raw ?? formOf(fields, parts);
    const headers = { 'content-type': type ?? `multipart/form-data; boundary=${BOUNDARY}` };
    return this.ask('POST', '/add/bank_transfer', headers, body);
  }

  private remove(): Promise<Answer> {
    return this.ask('DELETE', '/delete/bank_transfer', {});
  }

  private async ask(method: string, path: string, more: Record<string, string>, body?: Buffer): Promise<Answer> {
    const { people, address } = this.means;
    const headers = { authorization: `Bearer ${people.token('owner')}`, 'x-forwarded-for': address(), ...more };
    const sent = { method, target: METHOD + path, headers, ...(body ? { body } : {}) };
    const answer = await this.client.sendWithRetries(sent);
    this.tally.counted('uploads', answer.status);
    return answer;
  }
}

function formOf(fields: Readonly<Record<string, string>>, parts: readonly Part[]): Buffer {
  const texts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const files = parts.flatMap(({ bytes, name, type = 'application/pdf', field = 'id' }) => [
    Buffer.from(
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([Buffer.from(texts.join('')), ...files, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}
