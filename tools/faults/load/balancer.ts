import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { answersOk } from '../../stack/supervisor/probe';

/** Where a gateway takes requests, and where it says whether it may be given some. */
export interface Replica {
  readonly url: string;
  readonly readyUrl: string;
}

/** A gateway as a load balancer sees it. */
export interface Member extends Replica {
  /** Connections to it, kept for the next request. */
  readonly agent: Agent;
  ready: boolean;
}

/** Milliseconds between two looks at a gateway, and for its answer. */
const POLL_INTERVAL_MS = 200;
const WITHIN = 1000;

/**
 * What stands before gateways everywhere: they take turns, and one that says that it is not ready, or does not answer,
 * is given nothing until it is. When none is ready all are tried, since the balancer may be the one who is wrong.
 */
export class Balancer {
  /** Resolves when every gateway was asked once whether it is ready. */
  readonly asked: Promise<unknown>;
  private readonly members: readonly Member[];
  private turn = 0;
  private closed = false;

  constructor(replicas: readonly Replica[]) {
    const agent = (): Agent => new Agent({ keepAlive: true, maxSockets: 256 });
    this.members = replicas.map((replica) => ({ ...replica, agent: agent(), ready: true }));
    this.asked = Promise.all(this.members.map((member) => this.look(member)));
    for (const member of this.members) void this.watch(member);
  }

  /** How many there are. */
  get size(): number {
    return this.members.length;
  }

  /** Who is given the next request. */
  next(): Member {
    const ready = this.members.filter((member) => member.ready);
    const among = ready.length > 0 ? ready : this.members;
    const found = among[(this.turn += 1) % among.length];
    if (!found) throw new Error('There is no gateway.');
    return found;
  }

  close(): void {
    this.closed = true;
    this.members.forEach(({ agent }) => agent.destroy());
  }

  private async watch(member: Member): Promise<void> {
    await this.asked;
    while (!this.closed) {
      await pause(POLL_INTERVAL_MS, undefined, { ref: false });
      await this.look(member);
    }
  }

  private async look(member: Member): Promise<void> {
    member.ready = await answersOk(member.readyUrl, WITHIN);
  }
}
