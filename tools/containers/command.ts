import { spawn } from 'node:child_process';
import { StackError } from '../stack/terminal';

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  /** Both streams as they came. */
  readonly all: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env: Record<string, string>;
  readonly input?: string;
}

const running = new Set<number>();

/** Ends the programs that run, with what they started. */
export function endCommands(): void {
  for (const pid of running) process.kill(-pid, 'SIGTERM');
}

/** Runs a program to its end; the event loop goes on meanwhile, so that signals are heard. */
export function tryCommand(program: string, args: readonly string[], options: CommandOptions): Promise<Ended> {
  const { input, ...where } = options;
  return new Promise((resolve, reject) => {
    // A group of its own: Ctrl-C reaches us alone, and what was started is put away in order.
    const child = spawn(program, args, { ...where, stdio: 'pipe', detached: true });
    let [out, all] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => ([out, all] = [out + text, all + text]));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
    child.stdin.on('error', () => undefined).end(input ?? '');
    if (child.pid) running.add(child.pid);
    child.on('error', (error) => reject(new StackError(`${program} cannot be run: ${error.message}`)));
    child.on('close', (code) => {
      running.delete(child.pid ?? 0);
      resolve({ code: code ?? 1, out: out.trim(), all: all.trim() });
    });
  });
}

/** Runs a program that has to succeed; answers what it printed. @throws StackError with its last words */
export async function command(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { code, out, all } = await tryCommand(program, args, options);
  if (code === 0) return out;
  const last = all.split('\n').slice(-25).join('\n');
  throw new StackError(`${program} ${args.join(' ')} ended with ${code}:\n${last}`);
}
