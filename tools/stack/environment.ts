/** The environment of the person who typed the command; read here and nowhere else in the tools. */
export function setting(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}

/** What every child process needs to find programs and its home, and nothing that would leak into a service. */
export function basics(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'NODE_COMPILE_CACHE']) {
    const value = setting(name);
    if (value !== undefined) {
      kept[name] = value;
    }
  }
  return { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', ...kept };
}

/** The whole environment with additions, for tools that a developer may steer by variables of their own. */
export function inherited(additions: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...additions };
}

/** Gives this process another environment, for what is loaded next. */
export function replaceEnvironment(values: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(process.env)) if (!(name in values)) delete process.env[name];
  Object.assign(process.env, values);
}
