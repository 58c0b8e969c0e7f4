/** The roles a user can have on an account. `distributor` and the like of the mobile API are not among them. */
export const ROLES = ['owner', 'admin', 'manager', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const MODULES = {
  'power-centers': ['view', 'create', 'update', 'delete', 'export'],
  chargers: ['view', 'control', 'update'],
  prices: ['view', 'create', 'update', 'delete'],
  groups: ['view', 'create', 'update', 'delete'],
  sites: ['view', 'create', 'update', 'delete'],
  categories: ['view', 'create', 'update', 'delete'],
  workers: ['view', 'create', 'update', 'delete'],
  orders: ['view', 'export'],
  feedback: ['view', 'export'],
  stats: ['view'],
  balance: ['view'],
  'payout-methods': ['view', 'create', 'update', 'delete'],
  payouts: ['view', 'create'],
  'api-keys': ['view', 'create', 'update', 'delete'],
  members: ['view', 'create', 'update', 'delete'],
  webhooks: ['view', 'create', 'update', 'delete'],
  account: ['update'],
  audit: ['view'],
} as const;

type Modules = typeof MODULES;
/** `<module>.<view|create|update|delete|export|control>`; a route needs exactly one. */
export type Permission = { [M in keyof Modules]: `${M}.${Modules[M][number]}` }[keyof Modules];

/** Every permission there is, in the dashboard menu's order. */
export const PERMISSIONS: readonly Permission[] = Object.entries(MODULES).flatMap(([module, actions]) =>
  actions.map((action) => `${module}.${action}` as Permission),
);

const OWNER_ONLY: readonly Permission[] = [
  'account.update',
  'payouts.create',
  'payout-methods.create',
  'payout-methods.update',
  'payout-methods.delete',
];
const MANAGED = ['power-centers', 'chargers', 'prices', 'groups', 'sites', 'categories', 'workers'];
const KEPT_FROM_VIEWERS = ['api-keys', 'members', 'webhooks', 'audit'];
/** It shows what all users did, keys and roles included. */
const KEPT_FROM_MANAGERS = ['audit'];

const parts = (permission: Permission): [string, string] => permission.split('.') as [string, string];

const RULES: Record<Role, (permission: Permission) => boolean> = {
  owner: () => true,
  admin: (permission) => !OWNER_ONLY.includes(permission),
  manager: (permission) => {
    const [module, action] = parts(permission);
    if (KEPT_FROM_MANAGERS.includes(module)) return false;
    if (action === 'view' || action === 'export') return true;
    return MANAGED.includes(module) && ['create', 'update', 'control'].includes(action);
  },
  viewer: (permission) => {
    const [module, action] = parts(permission);
    return action === 'view' && !KEPT_FROM_VIEWERS.includes(module);
  },
};

const granted = (role: Role): ReadonlySet<Permission> => new Set(PERMISSIONS.filter(RULES[role]));
const GRANTED: Record<Role, ReadonlySet<Permission>> = {
  owner: granted('owner'),
  admin: granted('admin'),
  manager: granted('manager'),
  viewer: granted('viewer'),
};

/** What a role may do. */
export const permissionsOf = (role: Role): readonly Permission[] => [...GRANTED[role]];

/** Whether a role may do one thing. */
export const may = (role: Role, permission: Permission): boolean => GRANTED[role].has(permission);

/** What an API key can be limited to: reading (`view`), or modules of the permissions, or both. */
export const API_KEY_SCOPES: readonly string[] = ['view', ...Object.keys(MODULES)];

/** Whether the scope of an API key covers a permission; without a scope it covers all. */
export function inScope(scope: readonly string[] | null | undefined, permission: Permission): boolean {
  if (!scope || scope.length === 0) return true;
  const [module, action] = parts(permission);
  if (scope.includes('view') && action !== 'view') return false;
  const modules = scope.filter((one) => one !== 'view');
  return modules.length === 0 || modules.includes(module);
}
