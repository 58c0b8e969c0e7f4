import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { Injectable } from '@nestjs/common';
import { deliverEvent, executePayout, readImport, sendEmail, writeExport, writeLargeExport } from '@open-cpo/contracts';
import { JobQueues } from '@open-cpo/jobs';
import { type Answer, BoardRoutes, type Question } from './board-routes';

const SHOWN = [sendEmail, writeExport, writeLargeExport, readImport, executePayout, deliverEvent];

/** The queues that workers serve, as operators see them. */
@Injectable()
export class Board {
  private routes: Promise<BoardRoutes> | undefined;

  constructor(private readonly queues: JobQueues) {}

  /** @throws QueueUnavailable while Redis is unavailable */
  async answer(question: Question): Promise<Answer> {
    const routes = (this.routes ??= this.open());
    return (await this.orForget(routes)).answer(question);
  }

  /** One that could not be opened is opened again the next time. */
  private async orForget(routes: Promise<BoardRoutes>): Promise<BoardRoutes> {
    try {
      return await routes;
    } catch (error) {
      if (this.routes === routes) this.routes = undefined;
      throw error;
    }
  }

  private async open(): Promise<BoardRoutes> {
    const shown = await Promise.all(SHOWN.map((job) => this.queues.open(job)));
    const serverAdapter = new BoardRoutes();
    const queues = shown.map((queue) => new BullMQAdapter(queue));
    createBullBoard({ queues, serverAdapter, options: { uiConfig: { boardTitle: 'Open CPO', hideDocsLink: true } } });
    return serverAdapter;
  }
}
