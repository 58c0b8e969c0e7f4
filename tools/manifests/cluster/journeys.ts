import type { Pages } from './pages';

/** How an installation looks: with nothing but a cluster, or as in production. */
export type Profile = 'dev' | 'production';

/** One command, and what has to come of it. */
export interface Step {
  readonly what: string;
  /** Text for a shell. */
  readonly run: string;
  /** It has to fail and say this. */
  readonly refusedWith?: RegExp;
  /** Replicas must not be fewer afterwards than before. */
  readonly keepsReplicas?: boolean;
  /** Replicas of the deployments that served before have to be available afterwards. */
  readonly keepsServing?: boolean;
}

export interface Journey {
  readonly name: string;
  readonly profiles: readonly Profile[];
  readonly steps: (place: Place) => readonly Step[];
}

/** What a journey is made with. */
export interface Place {
  readonly pages: Pages;
  readonly profile: Profile;
  /** The overlay of the person, in the place of that of the guide. */
  readonly overlay: string;
  /** An overlay on top of it whose jobs are those of another version. */
  readonly changed: string;
  /** An overlay on top of it with the component `quota`. */
  readonly limited: string;
  /** A copy of `k8s/recovery`, to have a moment put in. */
  readonly recovery: string;
}

const GUIDE = 'operations.md';
const OVERLAYS: Readonly<Record<Profile, string>> = { dev: 'k8s/dev', production: 'k8s/overlays/production' };

/** The overlay that the pages name. */
export const overlayOf = (profile: Profile): string => OVERLAYS[profile];

const over = (text: string, { profile }: Place, folder: string): string => text.replaceAll(OVERLAYS[profile], folder);
const success = ({ pages }: Place): Step => ({
  what: 'every job is complete and every rollout is done',
  run: pages.block(GUIDE, '# Success'),
});
const deleted = ({ pages }: Place): string => pages.line(GUIDE, 'kubectl delete job -n open-cpo');
const applied = (place: Place, folder: string): string =>
  over(`kubectl apply -k ${OVERLAYS[place.profile]}`, place, folder);

const install: Journey = {
  name: 'install',
  profiles: ['dev', 'production'],
  steps: (place) => {
    const { pages, profile, overlay } = place;
    const command =
      profile === 'dev' ? pages.line(GUIDE, 'node deploy/kubernetes/dev.mjs') : pages.block(GUIDE, '# Install');
    return [{ what: 'install', run: over(command, place, overlay) }, success(place)];
  },
};

const scaling: Journey = {
  name: 'scaling',
  // Where the manifests say how many replicas there are, an apply says so again.
  profiles: ['production'],
  steps: (place) => [
    {
      what: 'one more replica at once',
      run: place.pages.inText(GUIDE, 'kubectl scale deployment -n open-cpo stations'),
    },
    { what: 'apply again', run: applied(place, place.overlay), keepsReplicas: true },
    success(place),
  ],
};

const upgrade: Journey = {
  name: 'upgrade',
  profiles: ['dev', 'production'],
  steps: (place) => {
    const { pages, profile, changed } = place;
    const command =
      profile === 'dev'
        ? `${deleted(place)}\n${applied(place, changed)}`
        : over(pages.block(GUIDE, '# Upgrade'), place, changed);
    return [{ what: 'upgrade with the steps of the guide', run: command, keepsServing: true }, success(place)];
  },
};

const withoutSteps: Journey = {
  name: 'upgrade without its steps',
  profiles: ['dev', 'production'],
  steps: (place) => [
    {
      what: 'apply another version beside the jobs of this one',
      run: applied(place, place.changed),
      refusedWith: /field is immutable/,
      keepsServing: true,
    },
    { what: 'delete the jobs and apply again', run: `${deleted(place)}\n${applied(place, place.changed)}` },
    success(place),
  ],
};

const quota: Journey = {
  name: 'quota',
  profiles: ['dev', 'production'],
  steps: (place) => [
    { what: 'delete the jobs', run: deleted(place) },
    { what: 'apply with a quota that counts limits of CPU', run: applied(place, place.limited) },
    // It refuses new pods alone: those that run already are left.
    { what: 'have all pods made again under the quota', run: place.pages.block(GUIDE, '# Quota'), keepsServing: true },
    success(place),
  ],
};

const recovery: Journey = {
  name: 'recovery',
  profiles: ['production'],
  steps: ({ pages, recovery: folder }) => [
    { what: 'back up', run: pages.block('backup.md', '# Try a recovery') },
    {
      what: 'recover to a moment after it',
      run: [
        // What the page says of the file: the moment is put in.
        `sed -i "s/targetTime: '[^']*'/targetTime: '$(date --utc '+%F %T.00000+00')'/" ${folder}/cluster.yaml`,
        pages.line('backup.md', 'kubectl apply -k k8s/recovery').replace('k8s/recovery', folder),
        pages.line('backup.md', 'kubectl wait -n open-cpo-data --for=condition=Ready cluster/postgres-restored'),
      ].join('\n'),
    },
  ],
};

/** In the order in which they can follow each other on one cluster. */
export const JOURNEYS: readonly Journey[] = [install, scaling, withoutSteps, upgrade, quota, recovery];
