import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type ExportJob,
  type ExportKind,
  exportKindOf,
  type ExportState,
  may,
  ownerOf,
  Refusal,
  type StartExport,
} from '@open-cpo/contracts';
import { Bus, FileStore } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { GatewayConfig } from '../config';
import { accepted, Answered } from '../http/answers/success';
import { asksForCsv, isAsync } from '../http/negotiation';
import type { Asked } from '../http/route';
import { Download } from './download';
import { ownerOfExport, OWNERS } from './owners';

/** Milliseconds between two looks at an export: at first short, since most are ready at once. */
const FIRST_POLL_MS = 10;
const LAST_POLL_MS = 250;

const FAILED = 'The export failed. Please try again.';

/** Files that are made on request: the file itself when it is ready soon, else where it will be. */
@Injectable()
export class Exports {
  constructor(
    private readonly bus: Bus,
    private readonly files: FileStore,
    private readonly config: GatewayConfig,
    private readonly log: Log,
  ) {}

  /** @throws Refusal `service_unavailable` when the file could not be made */
  async start(kind: ExportKind, input: StartExport, caller: Caller, asked: Asked): Promise<Answered | Download> {
    const format = input.format ?? (asksForCsv(asked.header('accept')) ? 'csv' : undefined);
    const started = await this.bus.call(OWNERS[kind].start, { ...input, format }, caller);
    const later = isAsync(asked.header('prefer'));
    const state = later ? started : await this.settled(started, caller, asked);
    if (state.status === 'failed' || state.status === 'cancelled') {
      throw new Refusal('service_unavailable', { message: FAILED });
    }
    if (state.file) return this.download(state);
    const applied: Record<string, string> = later ? { 'preference-applied': 'respond-async' } : {};
    return new Answered(this.job(state), accepted({ location: `/api/exports/${state.id}`, ...applied }));
  }

  /** With the permission of its kind, as it was made. @throws Refusal `forbidden` */
  async one(id: string, caller: Caller): Promise<ExportJob> {
    permit(id, caller);
    return this.job(await this.bus.call(ownerOfExport(id).one, { exportId: id }, caller));
  }

  async cancel(id: string, caller: Caller): Promise<void> {
    permit(id, caller);
    await this.bus.call(ownerOfExport(id).cancel, { exportId: id }, caller);
  }

  /** @throws Refusal `not_found` while there is no file */
  async file(id: string, caller: Caller): Promise<Download> {
    permit(id, caller);
    const state = await this.bus.call(ownerOfExport(id).one, { exportId: id }, caller);
    if (!state.file) throw new Refusal('not_found');
    return this.download(state);
  }

  /** The export once it has ended, or as it is when the wait is over. */
  private async settled(started: ExportState, caller: Caller, asked: Asked): Promise<ExportState> {
    const until = Date.now() + this.config.exportWait;
    const patient = { ...caller, deadline: until + this.config.requestDeadline };
    let state = started;
    for (
      let look = FIRST_POLL_MS;
      isUnderWay(state) && Date.now() + look < until;
      look = Math.min(LAST_POLL_MS, look * 1.5)
    ) {
      await pause(look);
      if (asked.gone()) break;
      state = await this.bus.call(OWNERS[state.kind].one, { exportId: state.id }, patient).catch(unless(state));
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

/** Who may not export (any more) gets no file either. @throws Refusal `forbidden` */
function permit(id: string, caller: Caller): void {
  const kind = exportKindOf(id);
  // Everybody may have what is held of themselves; the service refuses what others asked for.
  if (!kind || kind === 'personal-data') return;
  if (!may(ownerOf(caller).role, `${kind}.export`)) throw new Refusal('forbidden');
}

const isUnderWay = ({ status }: ExportState): boolean => status === 'waiting' || status === 'running';

/** A service that is unavailable for a moment may be back before the wait is over. */
const unless =
  (last: ExportState) =>
  (error: unknown): ExportState => {
    if (error instanceof Refusal && (error.kind === 'unavailable' || error.kind === 'deadline')) return last;
    throw error;
  };
