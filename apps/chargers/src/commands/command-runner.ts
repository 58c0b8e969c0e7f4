import { Injectable, type OnModuleInit } from '@nestjs/common';
import { chargerReplicas, chargerSockets } from '@open-cpo/contracts';
import { Broadcast } from '@open-cpo/messaging';
import type { CommandCall } from '@open-cpo/ocpp';
import { Log, Metrics } from '@open-cpo/platform';
import { MessageLog } from '../messages/message-log';
import { cut } from '../messages/storable';
import type { ChargerSocket } from '../sockets/charger-socket';
import { REPLICA } from '../sockets/replica';
import type { CallAnswer } from '../sockets/outgoing-calls';
import { CommandQueue } from './command-queue';
import type { ClaimedCommand } from './command.rows';
import { ANSWER_SECONDS, CommandsRepository } from './commands.repository';
import { outcomesOf } from './outcomes';
import { commandVersion } from './versions';

/** Milliseconds before the first command of a connection, and after a boot. */
const SETTLE_MS = 1000;
/** Characters of an error that are kept. */
const MAX_ERROR = 200;

/** Sends commands over the connections of this process, and keeps what chargers answer. */
@Injectable()
export class CommandRunner implements OnModuleInit {
  private readonly counter;
  /** Connections that take commands, by charger. */
  private readonly sockets = new Map<number, ChargerSocket>();
  private readonly queues = new WeakMap<ChargerSocket, CommandQueue>();

  constructor(
    private readonly repository: CommandsRepository,
    private readonly broadcast: Broadcast,
    private readonly messages: MessageLog,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.counter = outcomesOf(metrics);
  }

  /** One subscription for all connections: thousands of them would cost here and at the broker. */
  onModuleInit(): void {
    this.broadcast.respond(chargerReplicas, REPLICA, ({ charger, command }) => this.take(charger, command));
    // As replicas of the version before ask.
    this.broadcast.respond(chargerSockets, '*', ({ command }, key) => {
      const charger = Number(key);
      if (!this.sockets.has(charger)) return undefined;
      return command === undefined || this.take(charger, command);
    });
  }

  /** Takes the commands of a connection until its end. */
  serve(socket: ChargerSocket): void {
    const { id, accountId } = socket.context;
    this.sockets.set(id, socket);
    // Not before: a command that is sent earlier would reach no holder.
    void this.repository
      .dueAgain(accountId, id)
      .catch((error: unknown) => this.log.warn('Stops of sessions wait for their time', { charger: id, error }));
  }

  end(socket: ChargerSocket): void {
    const { id, calls } = socket.context;
    if (this.sockets.get(id) === socket) this.sockets.delete(id);
    this.queues.get(socket)?.end();
    calls.close();
  }

  /** False where this process has no connection of the charger. */
  private take(charger: number, command: number): boolean {
    const socket = this.sockets.get(charger);
    if (!socket) return false;
    const queue = this.queues.get(socket) ?? this.queueOf(socket);
    queue.take(command);
    return true;
  }

  /** Most connections never need one. */
  private queueOf(socket: ChargerSocket): CommandQueue {
    const { context } = socket;
    const work = (id: number): Promise<void> =>
      this.run(socket, id).catch((error: unknown) =>
        this.log.warn('A command could not be sent, or its answer kept', { charger: context.id, command: id, error }),
      );
    const made = new CommandQueue(work, () => context.startedAt + SETTLE_MS);
    this.queues.set(socket, made);
    return made;
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
