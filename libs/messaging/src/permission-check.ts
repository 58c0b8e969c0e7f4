import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import {
  headers,
  type NatsConnection,
  PermissionViolationError,
  type QueuedIterator,
  type Status,
} from '@nats-io/transport-node';
import { Broker } from './broker';
import { HEADER, NO_BYTES } from './wire';

/** Milliseconds before permissions that were denied are checked again. */
const RETRY_MS = 5000;

/**
 * Checks at start that the broker permits the calls that the app declares. It publishes a message without reply on each of
 * their subjects, which services ignore: nothing is called. Until all are permitted, the process is not ready.
 */
@Injectable()
export class PermissionCheck implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly closing = new AbortController();

  constructor(
    private readonly broker: Broker,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { anonymous, uses } = this.broker;
    if (anonymous || !uses || uses.calls.size === 0) return;
    this.broker.whenUp((nats) => void this.run(nats, uses.calls));
  }

  onApplicationShutdown(): void {
    this.closing.abort();
  }

  private async run(nats: NatsConnection, subjects: ReadonlySet<string>): Promise<void> {
    const { broker, log } = this;
    const { signal } = this.closing;
    while (!signal.aborted) {
      // A connection that breaks is checked when it is back.
      const denied = await deniedOf(nats, subjects).catch(() => undefined);
      for (const subject of subjects) broker.lacks(`permission to call ${subject}`, Boolean(denied?.has(subject)));
      if (denied?.size === 0) return;
      if (denied) {
        const names = [...denied].join(', ');
        log.error(
          `The broker does not permit ${names} to ${broker.service}: deploy the broker permissions of this version (docs/operations.md).`,
        );
      }
      await pause(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

/** Subjects on which the broker lets nothing be published. It says so before it confirms that it has the messages. */
async function deniedOf(nats: NatsConnection, subjects: ReadonlySet<string>): Promise<Set<string>> {
  const statuses = nats.status() as QueuedIterator<Status>;
  const head = headers();
  head.set(HEADER.probe, '1');
  try {
    for (const subject of subjects) nats.publish(subject, NO_BYTES, { headers: head });
    await nats.flush();
  } finally {
    statuses.stop();
  }
  const denied = new Set<string>();
  for await (const status of statuses) {
    const error = status.type === 'error' ? status.error : undefined;
    if (error instanceof PermissionViolationError && subjects.has(error.subject)) denied.add(error.subject);
  }
  return denied;
}
