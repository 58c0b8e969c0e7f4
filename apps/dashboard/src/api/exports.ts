import { ApiError, type Client, unwrap } from '@open-cpo/client';

export type ExportKind = 'orders' | 'feedback' | 'charge-points' | 'personal';

const PATHS = {
  orders: '/api/orders/export',
  feedback: '/api/feedback/export',
  'charge-points': '/api/charge-points/export',
} as const;

/** The API has no event of an export's progress: it is asked for while the dialog is open. */
const LOOK_MS = 1000;

export interface ExportedFile {
  readonly name: string;
  readonly blob: Blob;
}

interface State {
  readonly id: string;
  readonly status: 'waiting' | 'running' | 'finished' | 'failed' | 'cancelled';
  readonly progress: number;
}

/** One export, from the request to the file. */
export class Export {
  private id: string | undefined;
  private cancelled = false;

  constructor(
    private readonly client: Client,
    private readonly kind: ExportKind,
    private readonly format: 'xlsx' | 'csv' | 'csv-semicolon',
    private readonly pause = (ms: number) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  /** Answers the file; undefined when it was cancelled. `onProgress` gets the progress in percent. */
  async run(onProgress: (percent: number) => void): Promise<ExportedFile | undefined> {
    const { data, error, response } = await this.ask();
    if (!response.ok) throw new ApiError(response, error);
    if (response.status === 200) return this.fileOf(response, data as unknown as Blob);
    const state = (JSON.parse(await (data as unknown as Blob).text()) as { results: State }).results;
    return this.follow(state, onProgress);
  }

  async cancel(): Promise<void> {
    this.cancelled = true;
    const exportId = this.id;
    this.id = undefined;
    // Before the API has named it, `follow` cancels it.
    if (exportId !== undefined) await this.client.DELETE('/api/exports/{exportId}', { params: { path: { exportId } } });
  }

  private ask() {
    const common = { headers: { prefer: 'respond-async' }, parseAs: 'blob' } as const;
    // Personal data come as JSON, which has no formats.
    if (this.kind === 'personal') return this.client.POST('/api/user/export', common);
    const query = this.format === 'xlsx' ? {} : { format: this.format };
    return this.client.GET(PATHS[this.kind], { params: { query: query as never }, ...common });
  }

  private async follow(first: State, onProgress: (percent: number) => void): Promise<ExportedFile | undefined> {
    let state = first;
    this.id = state.id;
    const path = { exportId: state.id };
    if (this.cancelled) await this.cancel();
    while (!this.cancelled) {
      onProgress(state.progress);
      if (state.status === 'finished') return this.download(path);
      if (state.status === 'failed' || state.status === 'cancelled') throw new Error(`The export is ${state.status}.`);
      await this.pause(LOOK_MS);
      state = (await unwrap(this.client.GET('/api/exports/{exportId}', { params: { path } }))).results;
    }
    return undefined;
  }

  private async download(path: { exportId: string }): Promise<ExportedFile> {
    const asked = this.client.GET('/api/exports/{exportId}/file', { params: { path }, parseAs: 'blob' });
    const { data, error, response } = await asked;
    if (!response.ok) throw new ApiError(response, error);
    this.id = undefined;
    return this.fileOf(response, data as unknown as Blob);
  }

  private fileOf(response: Response, blob: Blob): ExportedFile {
    const [, name] = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '') ?? [];
    const ending = this.kind === 'personal' ? 'json' : this.format === 'xlsx' ? 'xlsx' : 'csv';
    return { blob, name: name ?? `${this.kind}.${ending}` };
  }
}
