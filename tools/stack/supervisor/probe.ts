import { get } from 'node:http';

/** Whether the address answers 200 within the time. */
export function answersOk(url: string, withinMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: withinMs }, (response) => {
      response.resume();
      finish(response.statusCode === 200);
    });
    // The timeout above is about an idle socket; this one is about the whole exchange.
    const timer = setTimeout(() => finish(false), withinMs);
    const finish = (ok: boolean): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(ok);
    };
    request.on('error', () => finish(false));
    request.on('timeout', () => finish(false));
  });
}
