import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { EmailContent } from '@open-cpo/contracts';
import { Health } from '@open-cpo/platform';
import { createTransport } from 'nodemailer';
import { WorkerConfig } from '../../config';
import type { Letter } from '../letters/letter';
import { addressOf, messageId } from './addresses';
import { verdictOn } from './rejected';

const transportOf = (url: string, patience: number) =>
  createTransport({
    url,
    pool: true,
    maxConnections: 4,
    // A message whose connection broke may have been taken: the job decides about another try, not the pool.
    maxRequeues: 0,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** Hands e-mails to the mail server, over connections that are kept open. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: ReturnType<typeof transportOf>;
  private readonly patience: number;
  private reached = true;

  constructor(
    private readonly config: WorkerConfig,
    health: Health,
  ) {
    this.patience = config.smtpTimeoutSeconds * 1000;
    this.transport = transportOf(config.smtpUrl, this.patience);
    // Shown only: without the mail server the e-mails wait, and the worker has other work.
    health.add('smtp', () => this.reached, { critical: false });
  }

  /** @throws Rejected when the server will never take it, Unsendable when it has no address, else what went wrong */
  async send(id: number, { to, language, dedupeKey }: EmailContent, { subject, text, html }: Letter): Promise<void> {
    const { mailFrom: from } = this.config;
    const address = addressOf(to);
    try {
      await this.transport.sendMail({
        from,
        to: { name: '', address },
        subject,
        text,
        html,
        // The same for every try: a receiver that got it twice after a broken connection can drop one.
        messageId: messageId(id, dedupeKey, from),
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        // A server that answers byte by byte is never idle for long enough to run into the socket's time limit.
        signal: AbortSignal.timeout(this.patience),
      });
      this.reached = true;
    } catch (error) {
      const verdict = verdictOn(error);
      this.reached = verdict !== error;
      throw verdict;
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
