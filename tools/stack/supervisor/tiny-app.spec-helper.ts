import type { Plan } from './supervised';

/** For tests: a real process of a few lines that answers the health probes and takes its time to end. */
export function tinyApp(name: string, healthPort: number, extra = ''): Plan {
  const code = `
    require('node:http').createServer((request, response) => {
      response.writeHead(request.url === '/health/live' || request.url === '/health/ready' ? 200 : 404).end();
    }).listen(${healthPort}, '127.0.0.1', () => console.log('up ' + process.pid));
    process.on('SIGTERM', () => { console.log('draining'); setTimeout(() => process.exit(0), 50); });
    ${extra}`;
  const env = { PATH: '/usr/bin:/bin' };
  return {
    name,
    program: process.execPath,
    args: ['-e', code],
    cwd: '/',
    env,
    healthUrl: `http://127.0.0.1:${healthPort}`,
  };
}

/** Quick where the real one is patient. */
export const quickPace = {
  probeEveryMs: 50,
  probeWithinMs: 300,
  misses: 3,
  startMisses: 400,
  firstRestartMs: 10,
  lastRestartMs: 50,
};
