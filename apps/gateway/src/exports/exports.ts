import { EventEmitter, once } from 'node:events';
import { Injectable } from '@nestjs/common';
import {
  type Caller,
  exportEnded,
  type ExportJob,
  type ExportKind,
  exportKindOf,
  type ExportOperations,
  EXPORTS,
  type ExportState,
  isUnavailable,
  may,
  ownerOf,
  Refusal,
  type StartExport,
} from '@open-cpo/contracts';
import { FileStore } from '@open-cpo/files';
import { Broadcast, Bus } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { GatewayConfig } from '../config';
import { accepted, Answered } from '../http/answers/success';
import { asksForCsv, isAsync } from '../http/negotiation';
import type { RequestContext } from '../http/route';
import { Download } from './download';

const FAILED = 'The export failed. Please try again.';

/** Files that are made on request: the file itself when it is ready soon, else where it will be. */
@Injectable()
export class Exports {
  /** Emits an export's id when it has ended. */
  private readonly ended = new EventEmitter().setMaxListeners(0);

  constructor(
    private readonly bus: Bus,
    private readonly files: FileStore,
    private readonly config: GatewayConfig,
    private readonly log: Log,
    broadcast: Broadcast,
  ) {
    broadcast.subscribe(exportEnded, ({ exportId }) => void this.ended.emit(exportId));
  }

  /** @throws Refusal `service_unavailable` when the file could not be made */
  async start(
    kind: ExportKind,
    input: StartExport,
    caller: Caller,
    context: RequestContext,
  ): Promise<Answered | Download> {
    const format = input.format ?? (asksForCsv(context.header('accept')) ? 'csv' : undefined);
    const started = await this.bus.call(EXPORTS[kind].start, { ...input, format }, caller);
    const later = isAsync(context.header('prefer'));
    const state = later ? started : await this.settled(started, caller, context);
    if (state.status === 'failed' || state.status === 'cancelled') {
      throw new Refusal('service_unavailable', { message: FAILED });
    }
    if (state.file) return this.download(state);
    const applied: Record<string, string> = later ? { 'preference-applied': 'respond-async' } : {};
    return new Answered(this.job(state), accepted({ location: `/api/exports/${state.id}`, ...applied }));
  }

  /** With the permission of its kind, as it was made. @throws Refusal `forbidden` */
  async one(id: string, caller: Caller): Promise<ExportJob> {
    return this.job(await this.bus.call(operationsOf(id, caller).one, { exportId: id }, caller));
  }

  async cancel(id: string, caller: Caller): Promise<void> {
    await this.bus.call(operationsOf(id, caller).cancel, { exportId: id }, caller);
  }

  /** @throws Refusal `not_found` while there is no file */
  async file(id: string, caller: Caller): Promise<Download> {
    const state = await this.bus.call(operationsOf(id, caller).one, { exportId: id }, caller);
    if (!state.file) throw new Refusal('not_found');
    return this.download(state);
  }

  /**
   * The export once it has ended, or as it is when the wait is over. It is read at the beginning of the wait, when its end
   * was published, and at the end of the wait: a message may be lost.
   */
  private async settled(started: ExportState, caller: Caller, context: RequestContext): Promise<ExportState> {
    const { exportWait, requestDeadline } = this.config;
    const extended = { ...caller, deadline: Date.now() + exportWait + requestDeadline };
    const signal = AbortSignal.timeout(exportWait);
    let state = started;
    let isOver = false;
    while (isUnderWay(state) && !context.isAborted()) {
      // Listens before it reads: an end in between is not missed.
      const ended = once(this.ended, state.id, { signal }).catch(() => undefined);
      state = await this.bus.call(EXPORTS[state.kind].one, { exportId: state.id }, extended).catch(unless(state));
      if (isOver) break;
      if (isUnderWay(state)) await ended;
      isOver = signal.aborted;
    }
    return state;
  }

  private download({ kind, file }: ExportState): Download {
    if (!file) throw new Refusal('not_found');
    return new Download(kind, file, this.files, this.log);
  }

  private job({ id, kind, status, progress, rows, file }: ExportState): ExportJob {
    return { id, kind, status, progress, rows, url: file && `${this.config.baseUrl}/api/exports/${id}/file` };
  }
}

/** The operations of the owner whom an export's id names. @throws Refusal `not_found`, `forbidden` */
function operationsOf(id: string, caller: Caller): ExportOperations {
  const kind = exportKindOf(id);
  if (!kind) throw new Refusal('not_found');
  // Everybody may have their own personal data; the service refuses exports of others.
  if (kind !== 'personal-data' && !may(ownerOf(caller).role, `${kind}.export`)) throw new Refusal('forbidden');
  return EXPORTS[kind];
}

const isUnderWay = ({ status }: ExportState): boolean => status === 'waiting' || status === 'running';

/** A service that is unavailable for a moment may be back before the wait is over. */
const unless =
  (last: ExportState) =>
  (error: unknown): ExportState => {
    if (isUnavailable(error)) return last;
    throw error;
  };
