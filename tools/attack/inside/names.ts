import dns from 'node:dns';

/** Nobody has it and nobody ever will be sent it by a registry yet: public by its looks, and nothing answers. */
const NOWHERE = '2d00::1';

/** Names that are not refused for what they are, and where they lead: at the first question, and at every later one. */
export const LEADS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'loopback.attack.test': [['127.0.0.1']],
  'loopback6.attack.test': [['::1']],
  'mapped.attack.test': [['::ffff:127.0.0.1']],
  'unspecified.attack.test': [['0.0.0.0']],
  'private.attack.test': [['10.0.0.1']],
  'metadata.attack.test': [['169.254.169.254']],
  'unique-local.attack.test': [['fd00:ec2::254']],
  'translated.attack.test': [['64:ff9b::7f00:1']],
  'mixed.attack.test': [[NOWHERE, '127.0.0.1']],
  'mixed-the-other-way.attack.test': [['127.0.0.1', NOWHERE]],
  'rebinding.attack.test': [[NOWHERE], ['127.0.0.1']],
  'rebinding-late.attack.test': [[NOWHERE], [NOWHERE], ['127.0.0.1']],
};

type Answer = (error: null, address: string | dns.LookupAddress[], family?: number) => void;
type Resolve = (name: string, ...options: unknown[]) => Promise<unknown>;

/**
 * Has this process resolve the names of the attack as their owner would answer, with another address each time it is
 * asked, by DNS and by the system's own lookup; all other names as ever. Answers what undoes it.
 */
export function resolveAttackNames(): () => void {
  const { lookup } = dns;
  const { prototype } = dns.promises.Resolver;
  const { resolve4, resolve6 } = prototype;
  const asked = new Map<string, number>();
  const turnOf = (name: string, turns: readonly (readonly string[])[]): readonly string[] => {
    const turn = asked.get(name) ?? 0;
    asked.set(name, turn + 1);
    return turns[Math.min(turn, turns.length - 1)] ?? [];
  };
  const looked = (name: string, options: dns.LookupAllOptions | Answer, answer: Answer): void => {
    const turns = LEADS[name];
    if (!turns) return void (lookup as (...all: unknown[]) => void)(name, options, answer);
    const found = turnOf(name, turns).map(addressOf);
    const [done, all] = typeof options === 'function' ? [options, false] : [answer, options.all === true];
    const [first] = found;
    setImmediate(() => (all ? done(null, found) : done(null, first?.address ?? '', first?.family)));
  };
  // A name is asked for by both families, each of which takes its turns.
  const resolved = (real: Resolve, family: number): Resolve =>
    function (this: unknown, name, ...options) {
      const turns = LEADS[name];
      if (!turns) return real.call(this, name, ...options);
      const found = turnOf(`${name} ${family}`, turns).map(addressOf);
      return Promise.resolve(found.filter((one) => one.family === family).map(({ address }) => address));
    };
  Object.assign(dns, { lookup: looked });
  Object.assign(prototype, { resolve4: resolved(resolve4, 4), resolve6: resolved(resolve6, 6) });
  return () => {
    Object.assign(dns, { lookup });
    Object.assign(prototype, { resolve4, resolve6 });
  };
}

const addressOf = (address: string): dns.LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });
