import {
  mdiAccountHardHat,
  mdiCashMultiple,
  mdiClipboardTextClockOutline,
  mdiCog,
  mdiEvPlugType2,
  mdiEvStation,
  mdiFileUploadOutline,
  mdiFolderOutline,
  mdiMapMarkerRadius,
  mdiMessageStarOutline,
  mdiReceiptTextOutline,
  mdiTagOutline,
  mdiViewDashboard,
} from '@mdi/js';
import { PATHS } from '../paths';

/** The pages of the navigation; those that the role may not see are left out. */
export const NAV = [
  { title: 'overview', to: PATHS.overview, icon: mdiViewDashboard, permission: undefined },
  { title: 'powerCenters', to: PATHS.powerCenters, icon: mdiEvStation, permission: 'power-centers.view' },
  { title: 'chargers', to: PATHS.chargers, icon: mdiEvPlugType2, permission: 'chargers.view' },
  { title: 'orders', to: PATHS.orders, icon: mdiReceiptTextOutline, permission: 'orders.view' },
  { title: 'groups', to: PATHS.groups, icon: mdiFolderOutline, permission: 'groups.view' },
  { title: 'sites', to: PATHS.sites, icon: mdiMapMarkerRadius, permission: 'sites.view' },
  { title: 'categories', to: PATHS.categories, icon: mdiTagOutline, permission: 'categories.view' },
  { title: 'feedback', to: PATHS.feedback, icon: mdiMessageStarOutline, permission: 'feedback.view' },
  { title: 'workers', to: PATHS.workers, icon: mdiAccountHardHat, permission: 'workers.view' },
  { title: 'payouts', to: PATHS.payouts, icon: mdiCashMultiple, permission: 'payouts.view' },
  { title: 'imports', to: PATHS.imports, icon: mdiFileUploadOutline, permission: 'power-centers.create' },
  { title: 'audit', to: PATHS.audit, icon: mdiClipboardTextClockOutline, permission: 'audit.view' },
  { title: 'settings', to: '/settings', icon: mdiCog, permission: undefined },
] as const;
