import { type BackEnd, stationsBackEnds } from '@open-cpo/contracts';
import { type Command, idOf, type Options } from '../command';

const optional = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : idOf(text, 'An id of this command');

const sentence = ({ name, accounts, power_centers }: BackEnd): string =>
  `Back end ${name} serves all power centers of ${accounts} accounts, and ${power_centers} others.`;

const served = { account: 'all power centers of this account, also later ones', 'power-center': 'this power center' };
const assignment = ({ account, ...options }: Options) => ({
  account_id: optional(account),
  charge_point_id: optional(options['power-center']),
});

/** Charging back ends that have credentials of their own, and what they report of chargers that nobody knows. */
export const backEnds: readonly Command[] = [
  {
    name: 'backends list',
    takes: [],
    options: { after: 'those whose names come later' },
    summary: 'Charging back ends with a credential of their own, a hundred at most.',
    run: (operatorConsole, _, { after }) => operatorConsole.ask(stationsBackEnds.all, { after }),
  },
  {
    name: 'backends show',
    takes: ['name'],
    options: { after: 'those with greater ids' },
    summary: 'What a back end serves, a hundred at most.',
    run: (operatorConsole, [name = ''], { after }) =>
      operatorConsole.ask(stationsBackEnds.assignments, { name, after: optional(after) }),
  },
  {
    name: 'backends add',
    takes: ['name'],
    summary: 'Makes a back end known; it serves nothing yet.',
    async run(operatorConsole, [name = '']) {
      return sentence(await operatorConsole.ask(stationsBackEnds.add, { name, by: operatorConsole.by }));
    },
  },
  {
    name: 'backends assign',
    takes: ['name'],
    options: served,
    summary: 'Lets a back end report for a power center, or for all of an account.',
    async run(operatorConsole, [name = ''], options) {
      return sentence(
        await operatorConsole.ask(stationsBackEnds.assign, { name, ...assignment(options), by: operatorConsole.by }),
      );
    },
  },
  {
    name: 'backends unassign',
    takes: ['name'],
    options: served,
    summary: 'Takes that back; what it reports from then on is dead-lettered.',
    async run(operatorConsole, [name = ''], options) {
      return sentence(
        await operatorConsole.ask(stationsBackEnds.unassign, { name, ...assignment(options), by: operatorConsole.by }),
      );
    },
  },
  {
    name: 'backends remove',
    takes: ['name'],
    summary: 'Takes everything from a back end and forgets it.',
    async run(operatorConsole, [name = '']) {
      await operatorConsole.ask(stationsBackEnds.remove, { name, by: operatorConsole.by });
      return `Back end ${name} serves nothing any more.`;
    },
  },
  {
    name: 'chargers unknown',
    takes: [],
    options: { account: 'those of one account', after: 'those with greater ids' },
    summary: 'Chargers and connectors that report and are not known, a hundred at most.',
    run: (operatorConsole, _, { account, after }) =>
      operatorConsole.ask(stationsBackEnds.unknown, { account_id: optional(account), after: optional(after) }),
  },
];
