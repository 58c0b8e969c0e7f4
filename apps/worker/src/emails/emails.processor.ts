import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type EmailContent, emails, Refusal, type SendEmail, sendEmail } from '@open-cpo/contracts';
import { type Attempt, GiveUp, JobRunner } from '@open-cpo/jobs';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { letterOf } from './letters/letters';
import { Unsendable } from './letters/unsendable';
import { Mailer } from './smtp/mailer';
import { Rejected } from './smtp/rejected';

/** Step after which the e-mail must not be handed over again, whatever fails later. */
const TAKEN = 'taken';

/** Sends the e-mails that auth asks for. The queue holds ids only; what to write is asked for at the last moment. */
@Injectable()
export class EmailsProcessor implements OnApplicationBootstrap {
  constructor(
    private readonly runner: JobRunner,
    private readonly bus: Bus,
    private readonly mailer: Mailer,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.runner.run(sendEmail, (job, attempt) => this.send(job, attempt));
  }

  private async send({ id }: SendEmail, attempt: Attempt): Promise<void> {
    if (!attempt.did(TAKEN)) {
      const content = await this.content(id);
      if (!content) return this.log.log('Nothing to send any more');
      await this.handOver(id, content, attempt);
      await attempt.mark(TAKEN);
    }
    await this.bus.call(emails.sent, { id }, internalCaller());
    this.log.log('E-mail settled');
  }

  private async content(id: number): Promise<EmailContent | undefined> {
    try {
      return await this.bus.call(emails.content, { id, with_mute: true }, internalCaller());
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  private async handOver(id: number, content: EmailContent, attempt: Attempt): Promise<void> {
    try {
      const letter = letterOf(content);
      if (!content.mute) await this.mailer.send(id, content, letter);
    } catch (error) {
      const final = error instanceof Rejected || error instanceof Unsendable;
      const reason = error instanceof Error ? error.message : String(error);
      if (final || attempt.last)
        await this.bus.call(emails.failed, { id, reason: reason.slice(0, 500) }, internalCaller());
      throw final ? new GiveUp(reason) : error;
    }
  }
}
