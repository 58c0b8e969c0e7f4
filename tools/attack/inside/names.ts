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

/**
 * Has this process resolve the names of the attack as their owner would answer, with another address each time it is
 * asked; all other names as ever. Answers what undoes it.
 */
export function resolveAttackNames(): () => void {
  const real = dns.lookup;
  const asked = new Map<string, number>();
  const ours = (name: string, options: dns.LookupAllOptions | Answer, answer: Answer): void => {
    const turns = LEADS[name];
    if (!turns) return void (real as (...all: unknown[]) => void)(name, options, answer);
    const turn = asked.get(name) ?? 0;
    asked.set(name, turn + 1);
    const found = (turns[Math.min(turn, turns.length - 1)] ?? []).map(addressOf);
    const [done, all] = typeof options === 'function' ? [options, false] : [answer, options.all === true];
    const [first] = found;
    setImmediate(() => (all ? done(null, found) : done(null, first?.address ?? '', first?.family)));
  };
  Object.assign(dns, { lookup: ours });
  return () => void Object.assign(dns, { lookup: real });
}

const addressOf = (address: string): dns.LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });
