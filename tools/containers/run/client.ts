import { StackError } from '../../stack/terminal';
import { Api } from '../../demo/api';

const owner = 'owner@demo.test';
const password = 'Charge-2026!';

/** Logs in as the demo's owner and lists the power centers; answers how many there are. @throws StackError when none */
export async function countPowerCenters(url: string): Promise<number> {
  const api = await Api.login(url, owner, password);
  const { status, body } = await api.get('/api/charge-points');
  const count = Object.keys(body).length;
  if (status !== 200 || count === 0)
    throw new StackError(`The list of power centers is ${status} ${JSON.stringify(body)}.`);
  return count;
}

/** Asks for a code to set a new password by, which comes as an e-mail. */
export async function askForCode(url: string): Promise<string> {
  const body = JSON.stringify({ email: owner });
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const { status } = await fetch(`${url}/api/v3/auth/password/reset`, { method: 'POST', headers, body });
  if (status >= 300) throw new StackError(`No code can be had: ${status}.`);
  return owner;
}

/** Callers that list power centers until they are told to stop, and write down every answer. */
export class Load {
  /** How often which status, or `broken` where there was none. */
  readonly answers = new Map<string, number>();
  private going = true;
  private readonly done: Promise<unknown>;

  private constructor(api: Api, callers: number) {
    this.done = Promise.all(Array.from({ length: callers }, () => this.call(api)));
  }

  static async start(url: string, callers: number): Promise<Load> {
    return new Load(await Api.login(url, owner, password), callers);
  }

  async stop(): Promise<void> {
    this.going = false;
    await this.done;
  }

  get count(): number {
    return [...this.answers.values()].reduce((sum, one) => sum + one, 0);
  }

  private async call(api: Api): Promise<void> {
    while (this.going) {
      const status = await api.get('/api/charge-points').then(
        (answer) => String(answer.status),
        () => 'broken',
      );
      this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
    }
  }
}
