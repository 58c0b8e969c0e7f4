type Verb = 'view' | 'create' | 'update' | 'delete' | 'export' | 'control';

const ALL_BUT_EXPORT = ['view', 'create', 'update', 'delete'] as const satisfies readonly Verb[];

/** What can be done in each module; a permission is `<module>.<verb>`. */
const MODULES = {
  'power-centers': [...ALL_BUT_EXPORT, 'export'],
  chargers: ['view', 'control', 'update'],
  prices: ALL_BUT_EXPORT,
  groups: ALL_BUT_EXPORT,
  sites: ALL_BUT_EXPORT,
  categories: ALL_BUT_EXPORT,
  workers: ALL_BUT_EXPORT,
  orders: ['view', 'export'],
  feedback: ['view', 'export'],
  stats: ['view'],
  balance: ['view'],
  'payout-methods': ALL_BUT_EXPORT,
  payouts: ['view', 'create'],
  'api-keys': ALL_BUT_EXPORT,
  members: ALL_BUT_EXPORT,
  webhooks: ALL_BUT_EXPORT,
  account: ['update'],
  audit: ['view'],
} as const satisfies Record<string, readonly Verb[]>;

type Modules = typeof MODULES;

/** The name of a permission. */
export type PermissionName = { [M in keyof Modules]: `${M}.${Modules[M][number]}` }[keyof Modules];

/** Every permission there is. */
export const PERMISSIONS = Object.entries(MODULES).flatMap(([module, verbs]) =>
  verbs.map((verb) => `${module}.${verb}` as PermissionName),
);

/** Every role there is, as the API spells it. */
export const ROLES = ['owner', 'admin', 'manager', 'viewer'] as const;
/** The name of a role. */
export type RoleName = (typeof ROLES)[number];

const MANAGED = /^(?:power-centers|chargers|prices|groups|sites|categories|workers)\.(?:create|update|control)$/;
const OWNER_ONLY = /^(?:account\.update|payouts\.create|payout-methods\.(?:create|update|delete))$/;
const STAFF = /^(?:api-keys|members|webhooks|audit)\./;

/** Who may do what. */
const ALLOWS: Record<RoleName, (permission: PermissionName) => boolean> = {
  owner: () => true,
  admin: (permission) => !OWNER_ONLY.test(permission),
  manager: (permission) =>
    permission !== 'audit.view' && (/\.(?:view|export)$/.test(permission) || MANAGED.test(permission)),
  viewer: (permission) => permission.endsWith('.view') && !STAFF.test(permission),
};

/** The permissions of a role, as the reference presupposes them. */
export const permissionsOf = (role: RoleName): PermissionName[] => PERMISSIONS.filter(ALLOWS[role]);
