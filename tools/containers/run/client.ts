import { HttpClient, OWNER } from '../../http/client';
import { StackError } from '../../stack/terminal';

/** Logs in as the demo's owner and lists the power centers; answers how many there are. @throws StackError when none */
export async function countPowerCenters(url: string): Promise<number> {
  const client = new HttpClient(url, await HttpClient.tokenOf(url));
  const response = await client.get('/api/charge-points');
  const count = Object.keys(response.json<object>() ?? {}).length;
  if (response.status !== 200 || count === 0)
    throw new StackError(`The list of power centers is ${response.status} ${response.text}.`);
  return count;
}

/** Asks for a code to set a new password by, which comes as an e-mail. */
export async function askForCode(url: string): Promise<string> {
  const { email } = OWNER;
  const { status } = await new HttpClient(url).post('/api/v3/auth/password/reset', { email });
  if (status >= 300) throw new StackError(`No code can be had: ${status}.`);
  return email;
}

/** Callers that list power centers until they are stopped, and count every status. */
export class Load {
  /** How often which status, or `broken` where there was none. */
  readonly answers = new Map<string, number>();
  private running = true;
  private readonly done: Promise<unknown>;

  private constructor(client: HttpClient, callers: number) {
    this.done = Promise.all(Array.from({ length: callers }, () => this.call(client)));
  }

  static async start(url: string, callers: number): Promise<Load> {
    return new Load(new HttpClient(url, await HttpClient.tokenOf(url)), callers);
  }

  async stop(): Promise<void> {
    this.running = false;
    await this.done;
  }

  get count(): number {
    return [...this.answers.values()].reduce((sum, one) => sum + one, 0);
  }

  private async call(client: HttpClient): Promise<void> {
    while (this.running) {
      const status = await client.get('/api/charge-points').then(
        (response) => String(response.status),
        () => 'broken',
      );
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    }
  }
}
