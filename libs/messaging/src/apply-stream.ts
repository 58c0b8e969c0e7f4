import type { JetStreamManager, StreamConfig, StreamInfo } from '@nats-io/jetstream';
import { isMissing } from './client-errors';

export type StreamDeclaration = Partial<StreamConfig> & { readonly name: string };

/** What the broker has of it; nothing when it is missing. */
export async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Makes a stream, or gives it the declared subjects and number of replicas. Limits that an operator changed are left alone,
 * and so are replicas where no number is given. Answers whether it was made.
 */
export async function applyStream(
  manager: JetStreamManager,
  wanted: StreamDeclaration,
  replicas?: number,
): Promise<boolean> {
  const found = await orMissing(manager.streams.info(wanted.name));
  // Of processes that start together each adds the same.
  if (!found) {
    await manager.streams.add({ ...wanted, num_replicas: replicas ?? 1 });
    return true;
  }
  refuseForwarding(found);
  const { config } = found;
  const { subjects, duplicate_window = config.duplicate_window } = wanted;
  const num_replicas = replicas ?? config.num_replicas;
  const same =
    sameList(config.subjects, subjects) &&
    config.duplicate_window === duplicate_window &&
    config.num_replicas === num_replicas;
  if (!same) await manager.streams.update(wanted.name, { ...config, subjects, duplicate_window, num_replicas });
  return false;
}

/** A stream that forwards what it holds lets who writes it write elsewhere. */
function refuseForwarding({ config }: StreamInfo): void {
  const { name, republish, mirror, sources = [] } = config;
  if (!republish && !mirror && sources.length === 0) return;
  throw new Error(`Stream ${name} has a mirror, sources or republishes: find out who added it, and remove it.`);
}

const sameList = (some: readonly string[] = [], others: readonly string[] = []): boolean =>
  [...some].sort().join(' ') === [...others].sort().join(' ');
