import { existsSync, readFileSync, renameSync, writeFileSync, appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** One caught mail as the JSON endpoint shows it. */
export interface CaughtMail {
  readonly id: string;
  readonly receivedAt: string;
  readonly from: string;
  /** The addresses of the envelope: who would have received it. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The last mails, newest first, kept over restarts as one JSON line each. */
export class MailStore {
  private mails: CaughtMail[];

  constructor(
    private readonly file: string,
    private readonly most = 500,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.mails = existsSync(file) ? parse(readFileSync(file, 'utf8')).slice(-most) : [];
    this.rewrite();
  }

  add(mail: CaughtMail): void {
    this.mails.push(mail);
    appendFileSync(this.file, `${JSON.stringify(mail)}\n`);
    // The file is rewritten once in a while only: a load test sends thousands.
    if (this.mails.length > this.most * 2) {
      this.mails = this.mails.slice(-this.most);
      this.rewrite();
    }
  }

  /** Newest first; only those to one address when it is given. */
  list(to?: string): CaughtMail[] {
    const wanted = to?.trim().toLowerCase();
    const all = this.mails.slice(-this.most).reverse();
    return wanted === undefined
      ? all
      : all.filter((mail) => mail.to.some((address) => address.toLowerCase() === wanted));
  }

  find(id: string): CaughtMail | undefined {
    return this.mails.find((mail) => mail.id === id);
  }

  clear(): void {
    this.mails = [];
    this.rewrite();
  }

  private rewrite(): void {
    const beside = `${this.file}.new`;
    writeFileSync(beside, this.mails.map((mail) => `${JSON.stringify(mail)}\n`).join(''), { mode: 0o600 });
    renameSync(beside, this.file);
  }
}

function parse(text: string): CaughtMail[] {
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as CaughtMail];
    } catch {
      // The last line may be torn when the process was killed.
      return [];
    }
  });
}
