import { Injectable } from '@nestjs/common';
import { chargerSockets } from '@open-cpo/contracts';
import { Links } from '@open-cpo/messaging';
import type { CommandCall } from '@open-cpo/ocpp';
import { Log, Metrics } from '@open-cpo/platform';
import { MessageLog } from '../messages/message-log';
import { cut } from '../messages/storable';
import type { ChargerSocket } from '../sockets/charger-socket';
import type { CallAnswer } from '../sockets/outgoing-calls';
import { CommandQueue } from './command-queue';
import { ANSWER_SECONDS, type ClaimedCommand, CommandsRepository } from './commands.repository';
import { outcomesOf } from './outcomes';
import { commandVersion } from './versions';

/** Milliseconds before the first command of a connection, and after a boot. */
const SETTLE_MS = 1000;
/** Characters of an error that are kept. */
const MAX_ERROR = 200;

/** Sends commands over the connections of this process, and keeps what chargers answer. */
@Injectable()
export class CommandRunner {
  private readonly counter;

  constructor(
    private readonly repository: CommandsRepository,
    private readonly links: Links,
    private readonly messages: MessageLog,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.counter = outcomesOf(metrics);
  }

  /** Takes the commands of a connection until the returned function is called. */
  serve(socket: ChargerSocket): () => void {
    const { context } = socket;
    const work = (id: number): Promise<void> =>
      this.run(socket, id).catch((error: unknown) =>
        this.log.warn('A command could not be sent, or its answer kept', { charger: context.id, command: id, error }),
      );
    const queue = new CommandQueue(work, SETTLE_MS);
    context.whenBooted(() => queue.settle());
    const release = this.links.hold(chargerSockets, context.id, ({ command }) => {
      if (command !== undefined) queue.take(command);
    });
    // Not before: the command of one that is tried earlier would reach nobody.
    void this.repository
      .dueAgain(context.accountId, context.id)
      .catch((error: unknown) =>
        this.log.warn('Stops of sessions wait for their time', { charger: context.id, error }),
      );
    return () => {
      release();
      queue.end();
      context.calls.close();
    };
  }

  private async run(socket: ChargerSocket, id: number): Promise<void> {
    const { context } = socket;
    const claimed = await this.repository.claim(id, context.id, context.generation);
    if (!claimed) return;
    const { command, transaction } = claimed;
    let call: CommandCall;
    try {
      call = commandVersion(context.protocol).call(command, { id, transaction });
    } catch (error) {
      return this.failed(claimed, error instanceof Error ? error.message : String(error));
    }
    const sent = context.calls.call({
      ...call,
      timeoutMs: ANSWER_SECONDS * 1000,
      send: (text) => socket.send(text),
      late: (answer) =>
        void this.answered(socket, claimed, answer).catch((error: unknown) =>
          this.log.warn('A late answer was not kept', { charger: context.id, command: id, error }),
        ),
    });
    const logged = { chargerId: context.id, accountId: context.accountId, at: Date.now() };
    this.messages.add({ ...logged, direction: 'sent', kind: 'call', messageId: sent.id, ...call });
    const outcome = await sent.outcome;
    if (outcome.kind === 'closed') return this.failed(claimed, 'The connection ended before the answer.');
    if (outcome.kind !== 'timed_out') return this.answered(socket, claimed, outcome);
    if (await this.repository.timedOut(id)) this.counter.inc({ type: command.type, outcome: 'timed_out' });
  }

  private async answered({ context }: ChargerSocket, claimed: ClaimedCommand, answer: CallAnswer): Promise<void> {
    if (answer.kind === 'error') {
      const { code, description } = answer;
      return this.failed(claimed, `${code}: ${description}`, true);
    }
    const read = commandVersion(context.protocol).answer(claimed.command, answer.payload);
    this.counter.inc({ type: claimed.command.type, outcome: read.accepted ? 'accepted' : 'rejected' });
    await this.repository.answered(claimed, read);
  }

  private async failed({ id, command }: ClaimedCommand, error: string, answered = false): Promise<void> {
    this.counter.inc({ type: command.type, outcome: 'failed' });
    await this.repository.failed(id, cut(error, MAX_ERROR), answered);
  }
}
