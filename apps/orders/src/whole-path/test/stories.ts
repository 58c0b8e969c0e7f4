import type { Drawn } from './model';
import { type Chance, type Expected, iso, MINUTE, type Story, Truth } from './truth';

const held = (flag: string): Expected => ({ is: 'held', flag });
const soldByEnergy = ({ powerCenter }: Chance): boolean => powerCenter === 1 || powerCenter === 4;

type Kind = (truth: Truth) => Story;

/** A register that says nothing of the end: what was read last counts. */
const withoutEnd =
  (ending: (truth: Truth) => object): Kind =>
  (own) => {
    const last = own.moments.at(-1) ?? own.end;
    const drawn = own.known((moment) => own.drawn(Math.min(moment, last)));
    const messages = [own.start(), ...own.readings(), own.ending(ending(own))];
    return own.story(messages, own.completed({ drawn, flags: ['end_register_rejected'] }));
  };

const withoutStart =
  (meter_wh: number | undefined): Kind =>
  (own) => {
    const first = own.drawn(own.moments[0] ?? 0);
    const drawn = own.known((moment) => Math.max(0, own.drawn(moment) - first));
    const messages = [own.start({ meter_wh }), ...own.readings(), own.ending()];
    return own.story(messages, own.completed({ drawn, flags: ['start_register_unknown'] }));
  };

const lastRegister = (own: Truth): number => own.chance.register + own.drawn(own.moments.at(-1) ?? own.end);

const at = (chance: Chance, begin: number): Chance => ({ ...chance, begin });

/** Kinds of registers, see "Energy". */
const ENERGY: Readonly<Record<string, Kind>> = {
  end_register_missing: withoutEnd(() => ({ meter_wh: undefined })),
  end_register_minus_one: withoutEnd(() => ({ meter_wh: -1 })),
  end_register_absurd: withoutEnd(() => ({ meter_wh: 1e13 })),
  end_register_zero: withoutEnd(() => ({ meter_wh: 0 })),
  end_register_low: withoutEnd((own) => ({ meter_wh: lastRegister(own) - 1 })),
  start_register_missing: withoutStart(undefined),
  no_register_but_the_last: (own) => {
    const drawn = own.known(() => 0, []);
    const expected = soldByEnergy(own.chance)
      ? held('energy_unknown')
      : own.completed({ drawn, flags: ['energy_not_measured'] });
    return own.story([own.start({ meter_wh: undefined }), own.ending()], expected);
  },
  misread: (own) => {
    const wrong = own.moments[1];
    const register = (moment: number) => (moment === wrong ? 7 : own.chance.register + own.drawn(moment));
    const moments = own.moments.filter((moment) => moment !== wrong);
    const drawn = own.known(undefined, moments);
    const messages = [own.start(), ...own.readings(register), own.ending()];
    return own.story(messages, own.completed({ drawn, flags: ['reading_rejected'] }));
  },
  restarted: (own) => {
    const anew = own.moments[1] ?? 0;
    const lost = own.drawn(anew) - own.drawn(own.moments[0] ?? 0);
    const register = (moment: number) =>
      (moment < anew ? own.chance.register : 5 - own.drawn(anew)) + own.drawn(moment);
    const drawn = own.known((moment) => own.drawn(moment) - (moment < anew ? 0 : lost));
    const messages = [own.start(), ...own.readings(register), own.ending({ meter_wh: register(own.end) })];
    return own.story(messages, own.completed({ drawn, flags: ['meter_restarted'] }));
  },
  rolled_over: (told) => {
    const start = 1_000_000 - told.drawn(told.moments[0] ?? 0) - 1;
    const own = new Truth(told.key, { ...told.chance, register: start });
    const register = (moment: number) => (start + own.drawn(moment)) % 1_000_000;
    const messages = [own.start(), ...own.readings(register), own.ending({ meter_wh: register(own.end) })];
    return own.story(messages, own.completed({ flags: ['meter_rolled_over'] }));
  },
  relative: (own) => {
    const messages = [own.start(), ...own.readings((moment) => own.drawn(moment)), own.ending()];
    return own.story(messages, own.completed({ flags: ['meter_relative'] }));
  },
  energy_too_high: (own) =>
    own.story([own.start(), own.ending({ meter_wh: own.chance.register + 1e7 })], held('energy_too_high')),
  register_negative: (own) => own.clean([own.reading(own.moments[0] ?? 0, -7, 'negative')]),
  register_absurd: (own) => own.clean([own.reading(own.moments[0] ?? 0, 1e13, 'absurd')]),
  start_register_negative: withoutStart(-5),
  readings_outside: (own) =>
    own.clean(
      [own.reading(own.chance.begin - MINUTE, 5, 'before'), own.reading(own.end + MINUTE, 9e9, 'after')],
      false,
    ),
};

/** Kinds of clocks, see "Time". */
const TIME: Readonly<Record<string, Kind>> = {
  clock_unset: (own) =>
    own.story([own.start({ time: '1970-01-01T00:00:12Z' }), ...own.readings(), own.ending()], held('start_too_old')),
  start_in_future: (told) => {
    const own = new Truth(told.key, at(told.chance, Date.now() + 180 * MINUTE));
    return own.story([own.start(), ...own.readings(), own.ending()], held('start_in_future'));
  },
  end_in_future: (own) =>
    own.story([own.start(), ...own.readings(), own.ending({ time: '2099-01-01T00:00:00Z' })], held('end_in_future')),
  end_before_start: (own) =>
    own.story([own.start(), own.ending({ time: iso(own.chance.begin - 30 * MINUTE) })], held('end_before_start')),
  end_little_before_start: (own) => {
    const { begin, register } = own.chance;
    const drawn: Drawn = [[begin, 400]];
    const ending = own.ending({ meter_wh: register + 400, time: iso(begin - 3 * MINUTE) });
    return own.story([own.start(), ending], own.completed({ drawn }));
  },
  too_long: (own) =>
    own.story([own.start(), own.ending({ time: iso(own.chance.begin + 170 * 60 * MINUTE) })], held('session_too_long')),
  no_end: (own) => own.story([own.start(), ...own.readings()], { is: 'open' }),
  no_start: (own) => own.story([...own.readings(), own.ending()], { is: 'none' }),
  no_zone: (own) => own.clean([own.message('zone', 'metered', { meter_wh: 1, time: '2026-11-01T10:00:00' })]),
  no_such_day: (own) => own.clean([own.message('day', 'metered', { meter_wh: 1, time: '2026-02-30T10:00:00Z' })]),
  another_zone: (own) => {
    const local = iso(own.chance.begin + 150 * MINUTE).replace('Z', '+02:30');
    return own.story([own.start({ time: local }), ...own.readings(), own.ending()], own.completed());
  },
};

const twoEnds: Kind = (own) => {
  const early = new Truth(own.key, own.chance);
  const cut = own.end - 10 * MINUTE;
  const other = early.ending({ meter_wh: own.chance.register + own.drawn(cut), time: iso(cut) }, 'other');
  const within = own.moments.filter((moment) => moment < cut);
  const drawn: Drawn = [...own.known(undefined, within).slice(0, -1), [cut, own.drawn(cut)]];
  return own.story([own.start(), ...own.readings(), own.ending(), other], own.completed(), {
    rivals: [
      { ids: [`${own.key}-end`], expected: own.completed() },
      { ids: [other.id], expected: own.completed({ drawn }) },
    ],
  });
};

const twoStarts: Kind = (own) => {
  const later = own.chance.begin + 10 * MINUTE;
  const before = own.drawn(later);
  const other = own.start({ meter_wh: own.chance.register + before, time: iso(later) }, 'other');
  const within = own.moments.filter((moment) => moment > later);
  const drawn = own
    .known((moment) => own.drawn(moment) - before, within)
    .map(([moment, wh], place): [number, number] => (place === 0 ? [later, 0] : [moment, wh]));
  return own.story([own.start(), ...own.readings(), own.ending(), other], own.completed(), {
    rivals: [
      { ids: [`${own.key}-start`], expected: own.completed() },
      { ids: [other.id], expected: own.completed({ drawn }) },
    ],
  });
};

const twoPowerCenters: Kind = (own) => {
  const powerCenter = 1 + (own.chance.powerCenter % 4);
  const other = own.start({ charge_point_id: powerCenter }, 'other');
  return own.story([own.start(), ...own.readings(), own.ending(), other], own.completed(), {
    rivals: [
      { ids: [`${own.key}-start`], expected: own.completed() },
      { ids: [other.id], expected: own.completed({ powerCenter }) },
    ],
  });
};

const named = (told: Truth, sessionId: string | number): Truth => new Truth(told.key, told.chance, sessionId);
const refused = (own: Truth): Story => {
  const messages = [own.start(), ...own.readings(), own.ending()];
  return own.story(messages, { is: 'none' }, { dead: messages.map(({ id }) => id) });
};
const digits = (key: string): number => Number(key.replace(/\D/g, ''));

/** Kinds of messages and identities. */
const IDENTITY: Readonly<Record<string, Kind>> = {
  id_odd: (own) => named(own, ` @ |+= 007 ${own.key}`.trim()).clean(),
  id_number: (own) => named(own, digits(own.key)).clean(),
  id_empty: (own) => refused(named(own, '')),
  id_control: (own) => refused(named(own, `${own.key}\u0007`)),
  two_ends: twoEnds,
  two_starts: twoStarts,
  two_power_centers: twoPowerCenters,
  power_center_unknown: (own) =>
    own.story([own.start({ charge_point_id: 4040 }), ...own.readings(), own.ending()], { is: 'none' }),
  token_of_another: (own) => {
    const token = `EV_CHARGER_${String(1 + (own.chance.powerCenter % 4)).padStart(13, '0')}`;
    const messages = [own.start({ token }), ...own.readings(), own.ending()];
    return own.story(messages, { is: 'none' }, { dead: [`${own.key}-start`] });
  },
  by_token: (own) => {
    const token = `EV_CHARGER_${String(own.chance.powerCenter).padStart(13, '0')}`;
    return own.story(
      [own.start({ charge_point_id: undefined, token }), ...own.readings(), own.ending()],
      own.completed(),
    );
  },
  connector_unknown: (own) =>
    own.story(
      [own.start({ connector_number: 9 }), ...own.readings(), own.ending()],
      own.completed({ flags: ['connector_unknown'] }),
    ),
  card_unfit: (own) => own.story([own.start({ rfid: 'FREE-VEND' }), ...own.readings(), own.ending()], own.completed()),
  driver_unfit: (own) =>
    own.story([own.start({ driver_id: 'idTag|7' }), ...own.readings(), own.ending()], own.completed()),
  cash: (own) =>
    own.story(
      [own.start({ payment: 'cash', rfid: 'FREE-VEND' }), ...own.readings(), own.ending()],
      own.completed({ payment: 'cash' }),
    ),
  settled: (own) =>
    own.story(
      [own.start({ payment: 'settled' }), ...own.readings(), own.ending()],
      own.completed({ payment: 'settled' }),
    ),
  no_json: (own) => own.clean([{ ...own.message('broken', 'metered', {}), body: '{"version":1,' }]),
  version_other: (own) =>
    own.clean([own.message('version', 'metered', { version: 2, meter_wh: 1, time: iso(own.end) })]),
  payment_unknown: (own) =>
    own.story([own.start({ payment: 'barter' })], { is: 'none' }, { dead: [`${own.key}-start`] }),
};

const CLEAN: Readonly<Record<string, Kind>> = { clean: (own) => own.clean() };

export const DIRT: readonly string[] = [...Object.keys(ENERGY), ...Object.keys(TIME), ...Object.keys(IDENTITY)];
const KINDS: Readonly<Record<string, Kind>> = { ...ENERGY, ...TIME, ...IDENTITY, ...CLEAN };

/** A session of a kind; `key` has no digits that another one has. */
export function storyOf(kind: string, key: string, chance: Chance): Story {
  const tell = KINDS[kind];
  if (!tell) throw new Error(`There is no kind ${kind}.`);
  return tell(new Truth(key, chance));
}
