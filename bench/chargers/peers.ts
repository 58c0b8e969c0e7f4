import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { basics } from '../../tools/stack/environment';
import { anyFree } from '../../tools/stack/ports';
import { StackError } from '../../tools/stack/terminal';
import type { OcppSettings } from '../contestants/ocpp/settings';
import { newPassword, type Server } from './swarm';

export const PEERS = ['bare-ws', 'ocpp-rpc'] as const;
export type PeerName = (typeof PEERS)[number];

/** A server that somebody would write instead, under way. */
export class Peer implements Server {
  private constructor(
    readonly port: number,
    readonly password: string,
    private readonly child: ChildProcess,
  ) {}

  /** `packages`: where `ocpp-rpc` is installed. @throws StackError when it does not come up */
  static async start(name: PeerName, packages: string): Promise<Peer> {
    const [port, password] = [await anyFree(), newPassword()];
    const secretHash = createHash('sha256').update(Buffer.from(password, 'hex')).digest('hex');
    const settings: OcppSettings = { port, secretHash, packages };
    const env = { ...basics(), NODE_ENV: 'production', MALLOC_ARENA_MAX: '2', CONTESTANT: JSON.stringify(settings) };
    const file = join(__dirname, '../contestants/ocpp', `${name}.js`);
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new StackError(`${name} ended at its start.`))),
    ]);
    return new Peer(port, password, child);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.kill('SIGKILL')) await ended;
  }
}
