import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  ControllerHandlerReturnType,
  HTTPMethod,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';
import { fileBelow, filled } from './page';
import { Route } from './route';

/** What operators may change. Jobs are made from rows of services: to edit, add or wipe them here has no use. */
const CHANGES = ['/retry/:queueStatus', '/:jobId/retry', '/:jobId/promote', '/promote', '/pause', '/resume'];
const isAllowed = (method: string, route: string): boolean =>
  method === 'get' || CHANGES.some((change) => route === `/api/queues/:queueName${change}`);

/** A request for the board. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Buffer;
}

const NOTHING: Answer = { status: 404, type: 'application/json', body: '{"error":"Not found"}' };

interface Entry {
  readonly route: Route;
  readonly declared: AppControllerRoute;
  readonly method: HTTPMethod;
}

/** Bull Board without a web framework: what it declares, answered one question at a time. */
export class BoardRoutes implements IServerAdapter {
  private queues: BullBoardQueues = new Map();
  private uiConfig: UIConfig = {};
  private views = '';
  private statics = { route: '', folder: '' };
  private pages: { routes: Route[]; view: AppViewRoute } | undefined;
  private entries: Entry[] = [];
  private onError: (error: Error) => ControllerHandlerReturnType = () => ({ status: 500, body: '' });

  setQueues(queues: BullBoardQueues): this {
    this.queues = queues;
    return this;
  }

  setViewsPath(folder: string): this {
    this.views = folder;
    return this;
  }

  setStaticPath(route: string, folder: string): this {
    this.statics = { route, folder };
    return this;
  }

  setUIConfig(config: UIConfig): this {
    this.uiConfig = config;
    return this;
  }

  setErrorHandler(handler: (error: Error) => ControllerHandlerReturnType): this {
    this.onError = handler;
    return this;
  }

  setEntryRoute(view: AppViewRoute): this {
    this.pages = { routes: [view.route].flat().map((path) => new Route(path)), view };
    return this;
  }

  setApiRoutes(routes: AppControllerRoute[]): this {
    this.entries = routes.flatMap((declared) =>
      [declared.method].flat().flatMap((method) =>
        [declared.route]
          .flat()
          .filter((path) => isAllowed(method, path))
          .map((path) => ({ method, route: new Route(path), declared })),
      ),
    );
    return this;
  }

  async answer(question: Question): Promise<Answer> {
    const { method, path } = question;
    const entry = this.entries.find((one) => one.method === method && one.route.params(path));
    if (entry) return this.asked(entry, question);
    if (method !== 'get') return { ...NOTHING, status: 405, body: '{"error":"This cannot be done here"}' };
    if (path.startsWith(`${this.statics.route}/`)) return this.file(path.slice(this.statics.route.length));
    return this.pages?.routes.some((route) => route.params(path)) ? this.page() : NOTHING;
  }

  private async asked({ route, declared }: Entry, { path, query }: Question): Promise<Answer> {
    const { queues, uiConfig } = this;
    const request = { queues, uiConfig, query, params: route.params(path) ?? {}, body: {}, headers: {} };
    const { status = 200, body } = await this.guarded(() => declared.handler(request));
    return status === 204 ? { status } : { status, type: 'application/json', body: JSON.stringify(body) };
  }

  private async guarded(
    ask: () => ReturnType<AppControllerRoute['handler']>,
  ): Promise<ControllerHandlerReturnType<unknown>> {
    try {
      return await ask();
    } catch (error) {
      return this.onError(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private async page(): Promise<Answer> {
    const view = this.pages?.view.handler({ basePath: '/', uiConfig: this.uiConfig });
    if (!view) return NOTHING;
    const template = await readFile(join(this.views, view.name), 'utf8');
    return { status: 200, type: 'text/html; charset=utf-8', body: filled(template, view.params) };
  }

  private async file(path: string): Promise<Answer> {
    const found = await fileBelow(this.statics.folder, path);
    return found ? { status: 200, ...found } : NOTHING;
  }
}
